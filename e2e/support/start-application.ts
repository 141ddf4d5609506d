import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { variables } from '../../scripts/start/environment'
import { findPort } from '../../scripts/start/ports'
import type { RunningInstance } from '../../scripts/start/running-instance'

/**
 * Starts everything by the very program of `npm start`, with a new home and on free ports, and tells the tests where it is.
 * Answers how to stop it.
 */
export default async function startApplication(): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'duebook-e2e-'))
  // Root's database runs under another account, which must get through here.
  if (process.getuid?.() === 0) chmodSync(home, 0o711)
  // Nothing of the developer's own settings, nor of an .env file, may reach the tests: set to nothing is set.
  const unset = Object.fromEntries(variables.map((name) => [name, '']))
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'scripts/start.ts'], {
    env: {
      ...process.env,
      ...unset,
      NODE_OPTIONS: '',
      DUEBOOK_HOME: home,
      PORT: String(await findPort()),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const instance = await untilReady(child)
  process.env.E2E_INSTANCE = JSON.stringify(instance)
  return async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(home, { recursive: true, force: true })
  }
}

function untilReady(child: ChildProcess): Promise<RunningInstance> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: { ready?: RunningInstance }) => {
      if (message.ready) resolve(message.ready)
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready`)))
  })
}
