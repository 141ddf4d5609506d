import { nextProgram } from './build'
import type { Environment } from './environment'
import type { Home } from './home'
import { beginLog } from './log-files'
import { isAnswering } from './readiness'
import { programArguments, type Service, startService } from './service'
import { StartFailure } from './start-failure'
import { holdOrGiveUp, keepRestarting, type Supervisor } from './supervisor'

type Options = { environment: Environment; home: Home; host: string; port: number; isDevelopment: boolean }

export function startWorker({ environment, home, isDevelopment }: Options, supervisor: Supervisor): void {
  const logFile = beginLog(home.logs, 'worker')
  const start = (): Service =>
    startService({
      name: 'worker',
      args: programArguments('scripts/worker.ts'),
      env: { ...process.env, ...environment, NODE_ENV: isDevelopment ? 'development' : 'production' },
      logFile,
      graceMs: 10_000,
    })
  supervisor.hold(keepRestarting(supervisor, start))
}

/** Starts the web server and waits until it answers. */
export async function startWeb(options: Options, supervisor: Supervisor): Promise<void> {
  const { environment, home, host, port, isDevelopment } = options
  const web = holdOrGiveUp(
    supervisor,
    startService({
      name: 'web server',
      args: [nextProgram, isDevelopment ? 'dev' : 'start', '-H', host, '-p', String(port)],
      env: {
        ...process.env,
        ...environment,
        NODE_ENV: isDevelopment ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      logFile: beginLog(home.logs, 'web'),
      // Next waits for requests under way, and an open browser keeps its live connection for ever.
      graceMs: 8000,
    }),
  )
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  if (!(await supervisor.unlessInterrupted(isAnswering(`http://${address}:${port}/healthz`)))) {
    throw new StartFailure(`The web server does not answer; its log is ${web.logFile}.`)
  }
}
