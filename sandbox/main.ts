import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSandbox } from '@/sandbox/server'

const usage = `Usage: npm run sandbox -- [options]
  --port N               default 4242
  --data DIR             keep the state in DIR; without it everything is forgotten on exit
  --webhook URL          send every event there, signed
  --webhook-secret S     whsec_…; without it one is made, kept in DIR and printed
  --seed N               the same ids on every run`

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4242' },
      data: { type: 'string' },
      webhook: { type: 'string' },
      'webhook-secret': { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { port, seed } = values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port ${port} is not a port number.`)
  if (seed !== undefined && !/^\d{1,15}$/.test(seed)) throw new Error(`--seed ${seed} is not a number.`)
  if (values.webhook !== undefined && !URL.canParse(values.webhook)) {
    throw new Error(`--webhook ${values.webhook} is not a URL.`)
  }
  return values
}

/** The secret of an earlier start, so that the receiver need not be told a new one. */
function keptSecret(directory: string | undefined): string {
  const made = () => `whsec_${randomBytes(24).toString('base64url')}`
  if (directory === undefined) return made()
  const path = join(directory, 'webhook-secret')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(directory, { recursive: true })
  const secret = made()
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  return secret
}

async function main(): Promise<void> {
  const values = readArguments()
  if (values.help) return console.log(usage)
  const secret = values['webhook-secret'] ?? keptSecret(values.data)
  const sandbox = await startSandbox({
    port: Number(values.port),
    dataDir: values.data,
    webhooks: values.webhook === undefined ? [] : [{ url: values.webhook, secret }],
    seed: values.seed === undefined ? undefined : Number(values.seed),
  })
  console.log(`Sandbox ready on ${sandbox.url}`)
  if (values.webhook !== undefined && values['webhook-secret'] === undefined) {
    console.log(`Webhook signing secret: ${secret}`)
  }
  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
