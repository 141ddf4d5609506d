import { applyMigrations } from '@/lib/db/migrate'
import { parseSettings, type Settings } from '@/lib/env'
import { buildIfChanged } from './start/build'
import { serviceEnvironment } from './start/environment'
import { type Home, openHome } from './start/home'
import { takeHome } from './start/home-lock'
import { hasPeople } from './start/people'
import { tryPort } from './start/ports'
import { announceInstance, loadEnvironmentFile } from './start/running-instance'
import { seedOnce } from './start/seed-once'
import { startDatabase } from './start/start-database'
import { codeOf, inWords, StartFailure } from './start/start-failure'
import { startStripe } from './start/start-stripe'
import { startWeb, startWorker } from './start/start-web'
import { formatSummary } from './start/summary'
import { createSupervisor, Interrupted } from './start/supervisor'

/*
 * `npm start`: everything that Duebook needs, in this order: database, Stripe, worker, web. `--dev` compiles pages on demand
 * instead of building them, `--without-worker` leaves the worker out. A parent with an IPC channel (the end-to-end tests)
 * is told when it is ready.
 */

const isDevelopment = process.argv.includes('--dev')
/** Workers may run on other machines, and a measurement wants none; the demo data then waits for one. */
const hasWorker = !process.argv.includes('--without-worker')
/** A terminal and npm may both pass on one Ctrl-C; later than this it is a second one. */
const sameKeyPressMs = 500

const supervisor = createSupervisor()
const tidyUp: (() => void)[] = []
listenForSignals()
try {
  const settings = readSettings()
  const home = openHome(settings.home)
  tidyUp.push(await takeHome(home.path, settings.appUrl))
  await checkPort(settings)
  await startEverything(settings, home)
  await supervisor.unlessInterrupted(new Promise<never>(() => undefined))
} catch (error) {
  if (error instanceof StartFailure) say(error.message)
  else if (!(error instanceof Interrupted)) console.error(error)
  process.exitCode = error instanceof Interrupted ? 0 : 1
}
await supervisor.stop()
for (const step of tidyUp.reverse()) step()
process.exit()

function say(line: string): void {
  console.log(line)
}

function readSettings(): Settings {
  loadEnvironmentFile()
  const parsed = parseSettings(process.env)
  if (!parsed.ok) throw new StartFailure(parsed.error)
  return parsed.value
}

async function checkPort({ port, listenHost }: Settings): Promise<void> {
  // The other loopback address too: a browser that opens http://localhost may try that one first.
  for (const host of new Set([listenHost, '127.0.0.1', '::1'])) {
    const problem = await tryPort(port, host).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (codeOf(problem) === 'EADDRINUSE') {
      throw new StartFailure(`Port ${port} is taken by another program: set PORT to another one.`)
    }
    if (problem !== undefined && host === listenHost) {
      throw new StartFailure(`Duebook cannot listen on ${host}, port ${port}: ${inWords(problem)}.`)
    }
  }
}

async function startEverything(settings: Settings, home: Home): Promise<void> {
  const database = await startDatabase(settings.databaseUrl, home, supervisor)
  const [stripe] = await supervisor.unlessInterrupted(
    Promise.all([startStripe(settings, home, supervisor), applyMigrations(database.url)]),
  )
  if (!isDevelopment) {
    const build = buildIfChanged(home.logs, say, supervisor.hold)
    await supervisor.unlessInterrupted(build)
  }
  const environment = serviceEnvironment(settings, {
    databaseUrl: database.url,
    stripe,
    nextAuthSecret: settings.nextAuthSecret ?? home.kept.nextAuthSecret,
    home: home.path,
    appUrl: process.env.APP_URL,
  })
  const { port, listenHost } = settings
  const options = { environment, home, host: listenHost, port, isDevelopment }
  if (hasWorker) startWorker(options, supervisor)
  await startWeb(options, supervisor)
  if (stripe.sandboxUrl !== null && hasWorker) await seedOnce(environment, home, supervisor, say)
  const instance = { url: settings.appUrl, sandboxUrl: stripe.sandboxUrl, environment }
  tidyUp.push(announceInstance(home.path, instance))
  say(
    formatSummary({
      url: settings.appUrl,
      listensOn: `${listenHost}, port ${port}`,
      stripe:
        stripe.sandboxUrl === null
          ? { kind: 'account', livemode: stripe.livemode }
          : { kind: 'sandbox', url: stripe.sandboxUrl, dataDir: home.sandbox },
      database: database.summary,
      logs: home.logs,
      hasPeople: await hasPeople(database.url),
    }),
  )
  process.send?.({ ready: instance })
}

function listenForSignals(): void {
  let firstAt: number | undefined
  const onSignal = () => {
    if (firstAt !== undefined && Date.now() - firstAt > sameKeyPressMs) {
      supervisor.kill()
      process.exit(130)
    }
    if (firstAt !== undefined) return
    firstAt = Date.now()
    say('Stopping; press Ctrl-C again to end at once.')
    supervisor.interrupt()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}
