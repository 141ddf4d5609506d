import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Long enough for a busy machine; a dead sandbox refuses the connection at once. */
const patienceMs = 2000

/**
 * Makes sure that one sandbox at a time writes a journal: two would each overwrite what the other did. The claim is the
 * address of its holder, and holds as long as a sandbox with this directory answers there.
 * @param url where this sandbox listens already
 * @returns gives the claim back
 * @throws Error in one sentence when another sandbox holds it
 */
export async function claimDirectory(directory: string, url: string): Promise<() => void> {
  const path = join(directory, 'running-at')
  mkdirSync(directory, { recursive: true })
  const holder = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
  if (holder !== undefined && holder !== url && (await holds(holder, directory))) {
    throw new Error(`Another sandbox is already using ${directory}, at ${holder}.`)
  }
  writeFileSync(path, `${url}\n`)
  return () => rmSync(path, { force: true })
}

async function holds(url: string, directory: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_sandbox/health`, { signal: AbortSignal.timeout(patienceMs) })
    const { directory: theirs } = (await response.json()) as { directory?: unknown }
    return theirs === resolve(directory)
  } catch {
    return false
  }
}
