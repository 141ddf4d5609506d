import { z } from 'zod'

/**
 * What the environment says, before anything missing is supplied by `npm start`.
 * `databaseUrl` unset means the embedded PostgreSQL, `stripe` unset means the local sandbox.
 */
export type Settings = {
  databaseUrl: string | undefined
  stripe: StripeSettings | undefined
  appUrl: string
  /** Loopback names of `appUrl` are accepted as origins too, when it was not set by hand. */
  origins: string[]
  nextAuthSecret: string | undefined
  /** The first signs entries of the audit trail; the others are known, for what they signed earlier. */
  auditSecrets: string[]
  smtpUrl: string | undefined
  /** IANA name; the zone of due dates and of "past due". */
  billingTimeZone: string
  /** Directory of the embedded database, the sandbox journal and generated secrets. */
  home: string
  port: number
  /** Address on which the web server listens. */
  listenHost: string
  logLevel: string
  /** Where the process shall end at once, for tests of crashes: see `lib/operations/crash-at.ts`. */
  crashAt: string | undefined
}

export type StripeSettings = {
  secretKey: string
  /** All of them are accepted, so that a secret can be rotated without losing an event. */
  webhookSecrets: [string, ...string[]]
  apiBase: URL | undefined
  livemode: boolean
  /** How many requests a second all processes together send to keep the mirror right; null: as many as they like. */
  readsPerSecond: number | null
}

/** Settings of a running process: nothing is missing any more. */
export type Env = Settings & {
  databaseUrl: string
  stripe: StripeSettings
  nextAuthSecret: string
  auditSecrets: [string, ...string[]]
}

type Raw = Record<string, string | undefined>
type Parsed<T> = { ok: true; value: T } | { ok: false; error: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const isLoopback = (url: URL) => loopback.has(url.hostname)

const rawSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^/]+\/.+/, 'must look like postgresql://user:password@host:5432/name')
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(test|live)_[A-Za-z0-9_]+$/,
      'must be a Stripe key: sk_test_…, rk_test_…, sk_live_… or rk_live_…',
    )
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S+$/, 'must be one or more whsec_… values separated by commas, without spaces')
    .optional(),
  STRIPE_READS_PER_SECOND: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number of requests a second, or 0 for no limit')
    .transform(Number)
    .optional(),
  STRIPE_API_BASE: z.url('must be a URL like http://127.0.0.1:4242').optional(),
  APP_URL: z.url('must be a URL like https://billing.example.com').optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  AUDIT_SECRET: z
    .string()
    .regex(
      /^[^,\s]{32,}(,[^,\s]{32,})*$/,
      'must be one or more values of at least 32 characters, separated by commas',
    )
    .optional(),
  SMTP_URL: z.url('must be a URL like smtp://user:password@host:587').optional(),
  BILLING_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
    .default('UTC'),
  DUEBOOK_HOME: z.string().min(1).default('.duebook'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be between 1 and 65535')
    .default(3000),
  LISTEN_HOST: z.union([z.ipv4(), z.ipv6()], 'must be an IP address such as 0.0.0.0').default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  CRASH_AT: z.string().min(1).optional(),
})

/**
 * Reads and checks the environment. An empty variable counts as unset.
 * Every error is one sentence that names the variable and what to write instead; no value is repeated in it.
 */
export function parseSettings(raw: Raw): Parsed<Settings> {
  const given = Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = rawSchema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { ok: false, error: `${String(issue?.path[0])} ${issue?.message}.` }
  }
  const vars = parsed.data
  const stripe = parseStripe(vars)
  if (!stripe.ok) return stripe
  if (vars.CRASH_AT !== undefined && stripe.value?.livemode) {
    return { ok: false, error: 'CRASH_AT is for tests and is refused together with a live key.' }
  }
  const appUrl = new URL(vars.APP_URL ?? `http://localhost:${vars.PORT}`)
  if (appUrl.protocol !== 'https:' && !isLoopback(appUrl)) {
    return { ok: false, error: 'APP_URL must be https, because sign-in cookies travel to it.' }
  }
  if (vars.NEXTAUTH_SECRET === undefined && (stripe.value?.livemode || !isLoopback(appUrl))) {
    return {
      ok: false,
      error: 'NEXTAUTH_SECRET must be set in production; `openssl rand -base64 48` makes one.',
    }
  }
  return {
    ok: true,
    value: {
      databaseUrl: vars.DATABASE_URL,
      stripe: stripe.value,
      appUrl: appUrl.origin,
      origins: vars.APP_URL ? [appUrl.origin] : [appUrl.origin, `http://127.0.0.1:${vars.PORT}`],
      nextAuthSecret: vars.NEXTAUTH_SECRET,
      auditSecrets: vars.AUDIT_SECRET?.split(',') ?? [],
      smtpUrl: vars.SMTP_URL,
      billingTimeZone: vars.BILLING_TIME_ZONE,
      home: vars.DUEBOOK_HOME,
      port: vars.PORT,
      listenHost: vars.LISTEN_HOST,
      logLevel: vars.LOG_LEVEL,
      crashAt: vars.CRASH_AT,
    },
  }
}

function parseStripe(vars: z.infer<typeof rawSchema>): Parsed<StripeSettings | undefined> {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, STRIPE_API_BASE: base } = vars
  if (key === undefined && secret === undefined && base === undefined) return { ok: true, value: undefined }
  if (key === undefined) {
    const present = secret === undefined ? 'STRIPE_API_BASE' : 'STRIPE_WEBHOOK_SECRET'
    return {
      ok: false,
      error: `${present} is set but STRIPE_SECRET_KEY is not: set both, or neither for the sandbox.`,
    }
  }
  if (secret === undefined) {
    return {
      ok: false,
      error:
        'STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not: set both, or neither for the sandbox.',
    }
  }
  const livemode = /^(sk|rk)_live_/.test(key)
  if (livemode && base !== undefined) {
    return {
      ok: false,
      error: 'STRIPE_API_BASE is refused together with a live key: it would send the key to another server.',
    }
  }
  const [first, ...others] = secret.split(',')
  if (first === undefined || [first, ...others].some((one) => !/^whsec_\S+$/.test(one))) {
    return {
      ok: false,
      error: 'STRIPE_WEBHOOK_SECRET must be one or more whsec_… values separated by commas.',
    }
  }
  return {
    ok: true,
    value: {
      secretKey: key,
      webhookSecrets: [first, ...others],
      apiBase: base === undefined ? undefined : new URL(base),
      livemode,
      readsPerSecond: readsPerSecond(vars.STRIPE_READS_PER_SECOND, livemode, base),
    },
  }
}

/** Half of what Stripe allows, which leaves the other half to people; another server has limits of its own. */
function readsPerSecond(
  wanted: number | undefined,
  livemode: boolean,
  base: string | undefined,
): number | null {
  if (wanted !== undefined) return wanted === 0 ? null : wanted
  if (base !== undefined) return null
  return livemode ? 50 : 12
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

let known: Env | undefined

/** The environment of this process, checked once. Throws with one sentence when something is missing or wrong. */
export function env(): Env {
  known ??= completeEnv()
  return known
}

function completeEnv(): Env {
  const parsed = parseSettings(process.env)
  if (!parsed.ok) throw new Error(parsed.error)
  const { databaseUrl, stripe, nextAuthSecret } = parsed.value
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL is not set; `npm start` supplies an embedded one.')
  if (stripe === undefined) throw new Error('STRIPE_SECRET_KEY is not set; `npm start` supplies the sandbox.')
  if (nextAuthSecret === undefined) throw new Error('NEXTAUTH_SECRET is not set; `npm start` supplies one.')
  const [newest = nextAuthSecret, ...older] = parsed.value.auditSecrets
  return { ...parsed.value, databaseUrl, stripe, nextAuthSecret, auditSecrets: [newest, ...older] }
}
