import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { variables } from './environment'
import { findPort } from './ports'
import type { RunningInstance } from './running-instance'

/**
 * Starts everything by the very program of `npm start`, with a new home and on free ports: for tests and measurements.
 * @param flags of `npm start`
 */
export async function startOwnInstance(
  ...flags: string[]
): Promise<{ instance: RunningInstance; stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'duebook-own-'))
  // Root's database runs under another account, which must get through here.
  if (process.getuid?.() === 0) chmodSync(home, 0o711)
  // Nothing of the developer's own settings, nor of an .env file, may get in: set to nothing is set.
  const unset = Object.fromEntries(variables.map((name) => [name, '']))
  const port = String(await findPort())
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'scripts/start.ts', ...flags], {
    env: {
      ...process.env,
      ...unset,
      NODE_OPTIONS: '',
      DUEBOOK_HOME: home,
      DUEBOOK_STARTER: String(process.pid),
      PORT: port,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const instance = await new Promise<RunningInstance>((resolve, reject) => {
    child.on('message', (message: { ready?: RunningInstance }) => {
      if (message.ready) resolve(message.ready)
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready`)))
  })
  return {
    instance,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
      rmSync(home, { recursive: true, force: true })
    },
  }
}
