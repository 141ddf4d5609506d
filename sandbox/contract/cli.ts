import { execFile } from 'node:child_process'
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

/** The CLI for one file of tests, in a home of its own. */
export function useCli(): StripeCli {
  const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'))
  afterAll(() => rm(home, { recursive: true, force: true }))
  return (url, ...args) => {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: home,
      STRIPE_API_KEY: TEST_KEY,
      STRIPE_CLI_TELEMETRY_OPTOUT: '1',
    }
    const all = [program(), ...args, ...(url === null ? [] : ['--api-base', url])]
    return new Promise((resolve) => {
      execFile(process.execPath, all, { env, cwd: home, timeout: 110_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
      })
    })
  }
}
