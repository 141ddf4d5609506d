import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/lib/db/client'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { roles } from '@/lib/domain/access'
import { createUserInput, newPassword, userEmail } from '@/lib/domain/user-input'
import { changeRole } from '@/lib/team/change-role'
import { createUser } from '@/lib/team/create-user'
import { disableUser } from '@/lib/team/disable-user'
import { enableUser } from '@/lib/team/enable-user'
import { setPassword } from '@/lib/team/set-password'
import { fieldSentence } from '@/lib/words/fields'
import { joinInstallation } from './start/running-instance'

const usage = `People who sign in to Duebook, in the database that DATABASE_URL names.

  npm run user -- add EMAIL --name NAME --role ${roles.join('|')}
  npm run user -- password EMAIL
  npm run user -- role EMAIL ${roles.join('|')}
  npm run user -- disable EMAIL
  npm run user -- enable EMAIL

A new password is made up and printed; with --password-stdin it is read from the standard input instead.`

/** Ends the program with one sentence. */
class Refusal extends Error {}

type Options = { name?: string; role?: string; 'password-stdin'?: boolean }

const commands: Record<string, (email: string, options: Options, word?: string) => Promise<string>> = {
  add: async (email, options) => {
    const password = await choosePassword(options)
    const input = createUserInput.safeParse({
      email,
      name: options.name,
      role: options.role,
      password: password.text,
    })
    if (!input.success) {
      const [issue] = input.error.issues
      throw new Refusal(`${issue?.path.join('.')}: ${fieldSentence(issue?.message ?? '')}\n\n${usage}`)
    }
    const isNew = await createUser(input.data)
    if (!isNew) throw new Refusal(`${email} exists already.`)
    return `${email} can sign in as ${input.data.role}${password.told}.`
  },
  password: async (email, options) => {
    const password = await choosePassword(options)
    found(email, await setPassword(email, password.text))
    return `${email} has a new password and is signed out everywhere${password.told}.`
  },
  role: async (email, _options, word) => {
    const role = roles.find((one) => one === word)
    if (!role) throw new Refusal(`The role is one of ${roles.join(', ')}.`)
    found(email, await changeRole(email, role))
    return `${email} is ${role} now.`
  },
  disable: async (email) => {
    found(email, await disableUser(email))
    return `${email} is signed out and can no longer sign in.`
  },
  enable: async (email) => {
    found(email, await enableUser(email))
    return `${email} can sign in again.`
  },
}

function found(email: string, isFound: boolean): void {
  if (!isFound) throw new Refusal(`Nobody has the address ${email}.`)
}

async function choosePassword(options: Options): Promise<{ text: string; told: string }> {
  if (!options['password-stdin']) {
    const made = randomBytes(15).toString('base64url')
    return { text: made, told: ` with the password ${made}` }
  }
  const given = newPassword.safeParse((await text(process.stdin)).replace(/\r?\n$/, ''))
  if (!given.success) throw new Refusal(fieldSentence(given.error.issues[0]?.message ?? ''))
  return { text: given.data, told: '' }
}

function parseCommandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        'password-stdin': { type: 'boolean' },
      },
    })
  } catch {
    throw new Refusal(usage)
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseCommandLine()
  const [name = '', address, word] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const email = userEmail.safeParse(address)
  if (!command || !email.success) throw new Refusal(usage)
  console.log(await command(email.data, values, word))
}

joinInstallation()
try {
  await main()
} catch (error) {
  if (isDatabaseUnavailable(error)) console.error('The database cannot be reached.')
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
