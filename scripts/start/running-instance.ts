import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  url: z.string(),
  /** The local sandbox; null when a real Stripe account is connected. */
  sandboxUrl: z.string().nullable(),
  environment: z.record(z.string(), z.string()),
})
/** What other programs must know to work with a Duebook that `npm start` runs. */
export type RunningInstance = z.infer<typeof schema>

const fileIn = (home: string) => join(resolve(home), 'running.json')

export function announceInstance(home: string, instance: RunningInstance): () => void {
  const file = fileIn(home)
  writeFileSync(file, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

function findInstance(home: string): RunningInstance | undefined {
  const file = fileIn(home)
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/**
 * Gives a program (`npm run user`, `npm run worker` …) the settings that `npm start` has: those of `.env`, and, where these
 * name neither a database nor a Stripe account, those of the Duebook that runs here. Call it before anything reads them.
 */
export function joinInstallation(): void {
  loadEnvironmentFile()
  if (process.env.DATABASE_URL || process.env.STRIPE_SECRET_KEY) return
  const running = findInstance(process.env.DUEBOOK_HOME || '.duebook')
  if (running) Object.assign(process.env, running.environment)
}

/** What is set already, if only to nothing, wins over the file. */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}
