import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { TEST_KEY } from '@/sandbox/contract/account'

/** Runs the unmodified Stripe CLI against the server at `url`; without one it only speaks of itself. */
export type StripeCli = (url: string | null, ...args: string[]) => Promise<{ code: number; output: string }>

const require = createRequire(import.meta.url)

function program(): string {
  const manifest = require('@stripe/cli/package.json') as { bin: { stripe: string } }
  return join(dirname(require.resolve('@stripe/cli/package.json')), manifest.bin.stripe)
}

/** A home for the CLI of one file of tests, and the environment that shows it. */
function useHome(): { home: string; env: NodeJS.ProcessEnv } {
  const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'))
  afterAll(() => rm(home, { recursive: true, force: true }))
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    STRIPE_API_KEY: TEST_KEY,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
  }
  return { home, env: { ...process.env, ...env } }
}

/** The CLI for one file of tests, in a home of its own. */
export function useCli(): StripeCli {
  const { home, env } = useHome()
  return (url, ...args) => {
    const all = [program(), ...args, ...(url === null ? [] : ['--api-base', url])]
    return new Promise((resolve) => {
      execFile(process.execPath, all, { env, cwd: home, timeout: 110_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
      })
    })
  }
}

export type RunningCli = { output(): string; end(): Promise<unknown> }

/**
 * The CLI for commands that go on until they are ended, at the latest with the file of tests.
 * @returns starts one, and resolves when its output contains `ready`
 */
export function useRunningCli(): (url: string, ready: string, ...args: string[]) => Promise<RunningCli> {
  const { home, env } = useHome()
  const children: ChildProcess[] = []
  const end = (child: ChildProcess) => {
    const ended = new Promise((resolve) => child.once('close', resolve))
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    // The wrapper does not pass a signal on to the program that it runs, but their group gets it.
    process.kill(-Number(child.pid), 'SIGTERM')
    return ended
  }
  afterAll(() => Promise.all(children.map(end)))
  return (url, ready, ...args) => {
    const child = spawn(process.execPath, [program(), ...args, '--api-base', url], {
      env,
      cwd: home,
      detached: true,
    })
    children.push(child)
    let output = ''
    return new Promise((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk
        if (output.includes(ready)) resolve({ output: () => output, end: () => end(child) })
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('close', () => reject(new Error(output)))
    })
  }
}
