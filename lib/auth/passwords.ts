import 'server-only'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of random bytes nobody kept: checking against it takes the time of a real check, so that absence does not show. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$X6LR8vUkymLlsgh6QqVDKA$f9K9gUMDv0VcBcWm6ly+OD4cu7+qjUDeiZEHDE5y0YM'

/** Bytes of UTF-8; more is refused before a hash is computed. */
const longestPassword = 1024

/** Hashes at work and waiting: a flood of sign-ins must not take every core or any amount of memory. */
const mostAtWork = 2
const mostWaiting = 50
let atWork = 0
const waiting: (() => void)[] = []

/** More sign-ins at once than this process takes on. */
export class TooBusy extends Error {}

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(comparable(password), cost))
}

/** Takes as long for `null`, somebody who does not exist, as for a wrong password. Throws `TooBusy`. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  if (Buffer.byteLength(password) > longestPassword) return false
  const matches = await inTurn(() => verify(passwordHash ?? nobodysHash, comparable(password)))
  return matches && passwordHash !== null
}

/** Keyboards write the same letter as one code point or as two. */
const comparable = (password: string) => password.normalize('NFC')

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atWork >= mostAtWork) {
    if (waiting.length >= mostWaiting) throw new TooBusy()
    // Whoever leaves hands its place over: `atWork` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else atWork += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else atWork -= 1
  }
}
