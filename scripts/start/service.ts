import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type ServiceSpec = {
  name: string
  args: string[]
  /** The whole environment of the process; nothing is inherited. */
  env: NodeJS.ProcessEnv
  logFile: string
  /** How long it may take to finish what it is doing after SIGTERM. */
  graceMs: number
}

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type Service = {
  name: string
  logFile: string
  exited: Promise<Exit>
  /** Asks it to finish, and ends it after its grace. */
  stop(): Promise<void>
  kill(): void
}

const followParent = new URL('../follow-parent.mjs', import.meta.url).href

/** Arguments for Node to run a TypeScript program of this repository. */
export function programArguments(program: string, ...rest: string[]): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--conditions=react-server', '--import', tsx, program, ...rest]
}

/**
 * Runs a Node program as a service: its output goes to its log, it belongs to a session of its own (Ctrl-C in the terminal
 * must not stop all of them at once, out of order), and it ends when this process does, however that happens.
 */
export function startService(spec: ServiceSpec): Service {
  const log = openSync(spec.logFile, 'a')
  const child = spawn(process.execPath, ['--import', followParent, ...spec.args], {
    cwd: root,
    env: { ...spec.env, DUEBOOK_STARTER: String(process.pid) },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 1, signal: null }))
  })
  return {
    name: spec.name,
    logFile: spec.logFile,
    exited,
    kill: () => killGroup(child),
    stop: async () => {
      child.kill('SIGTERM')
      const isStopped = await Promise.race([
        exited.then(() => true),
        sleep(spec.graceMs, false, { ref: false }),
      ])
      if (!isStopped) killGroup(child)
      await exited
    },
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It ended in this very moment.
  }
}
