import 'server-only'
import type { Role } from '@/lib/domain/access'
import { env } from '@/lib/env'
import { createUser } from './create-user'

export type DemoPerson = { email: string; name: string; role: Role }

const people: DemoPerson[] = [
  { email: 'admin@duebook.test', name: 'Ada Admin', role: 'admin' },
  { email: 'biller@duebook.test', name: 'Bela Biller', role: 'biller' },
  { email: 'viewer@duebook.test', name: 'Vera Viewer', role: 'viewer' },
]

export const demoPassword = 'duebook-demo'

/** For the sign-in page. Empty unless Stripe is the local sandbox: a password that everybody knows opens no real account. */
export function demoPeople(): DemoPerson[] {
  return env().stripe.apiBase === undefined ? [] : people
}

/** Creates those who are missing; an existing person keeps role and password. Does nothing without the sandbox. */
export async function createDemoPeople(): Promise<void> {
  for (const person of demoPeople()) await createUser({ ...person, password: demoPassword })
}
