import type { Environment } from './environment'
import type { Home } from './home'
import { beginLog } from './log-files'
import { programArguments, startService } from './service'
import { StartFailure } from './start-failure'
import type { Supervisor } from './supervisor'

/** Fills a new sandbox with demo data, by the program that also does it by hand; it repeats safely what was cut off. */
export async function seedOnce(
  environment: Environment,
  home: Home,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<void> {
  if (home.kept.seededAt !== undefined) return
  say('Filling the sandbox with demo data.')
  const seed = startService({
    name: 'seed',
    args: programArguments('scripts/seed.ts'),
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
    logFile: beginLog(home.logs, 'seed'),
    graceMs: 2000,
  })
  supervisor.hold(seed)
  const { code } = await supervisor.unlessInterrupted(seed.exited)
  if (code !== 0) {
    throw new StartFailure(
      `The demo data could not be made; the next start tries again (log: ${seed.logFile}).`,
    )
  }
  home.keep({ seededAt: new Date().toISOString() })
}
