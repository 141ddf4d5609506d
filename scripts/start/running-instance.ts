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

export function findInstance(home: string): RunningInstance | undefined {
  const file = fileIn(home)
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/**
 * Lets a program (`npm run user`, `npm run worker` …) work on what `npm start` runs here, unless it was given a database
 * or a Stripe account of its own. Call it before anything reads the environment.
 */
export function joinRunningInstance(): void {
  if (process.env.DATABASE_URL || process.env.STRIPE_SECRET_KEY) return
  const running = findInstance(process.env.DUEBOOK_HOME || '.duebook')
  if (running) Object.assign(process.env, running.environment)
}
