import { mkdirSync } from 'node:fs'
import type { Settings } from '@/lib/env'
import type { Supplied } from './environment'
import type { Home } from './home'
import { beginLog } from './log-files'
import { findPort } from './ports'
import { isAnswering } from './readiness'
import { programArguments, startService } from './service'
import { StartFailure } from './start-failure'
import { holdOrGiveUp, type Supervisor } from './supervisor'

export type StripeAccess = Supplied['stripe'] & { livemode: boolean; sandboxUrl: string | null }

/** The account that was given, or the sandbox of this home. */
export async function startStripe(
  settings: Settings,
  home: Home,
  supervisor: Supervisor,
): Promise<StripeAccess> {
  const { stripe } = settings
  if (stripe) {
    return { ...stripe, apiBase: stripe.apiBase?.origin ?? '', sandboxUrl: null }
  }
  const port = await findPort(home.kept.sandboxPort ?? 4242)
  home.keep({ sandboxPort: port })
  mkdirSync(home.sandbox, { recursive: true, mode: 0o700 })
  const url = `http://127.0.0.1:${port}`
  const secret = home.kept.sandboxWebhookSecret
  const webhook = `http://127.0.0.1:${settings.port}/api/stripe/webhook`
  const sandbox = holdOrGiveUp(
    supervisor,
    startService({
      name: 'sandbox',
      args: programArguments(
        'sandbox/main.ts',
        ...['--port', String(port), '--data', home.sandbox],
        ...['--webhook', webhook, '--webhook-secret', secret],
      ),
      env: process.env,
      logFile: beginLog(home.logs, 'sandbox'),
      graceMs: 5000,
    }),
  )
  if (!(await supervisor.unlessInterrupted(isAnswering(`${url}/_sandbox/health`)))) {
    throw new StartFailure(`The sandbox does not answer; its log is ${sandbox.logFile}.`)
  }
  return {
    secretKey: home.kept.sandboxKey,
    webhookSecrets: [secret],
    apiBase: url,
    livemode: false,
    sandboxUrl: url,
  }
}
