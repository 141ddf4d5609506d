import type { Settings } from '@/lib/env'

/** Every variable that Duebook reads. One that is set to nothing counts as unset, and `.env` does not fill it either. */
export const variables = [
  'DATABASE_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
  'APP_URL',
  'NEXTAUTH_SECRET',
  'AUDIT_SECRET',
  'SMTP_URL',
  'BILLING_TIME_ZONE',
  'DUEBOOK_HOME',
  'PORT',
  'LISTEN_HOST',
  'LOG_LEVEL',
] as const
export type Environment = Record<(typeof variables)[number] | 'NEXTAUTH_URL', string>

export type Supplied = {
  databaseUrl: string
  stripe: { secretKey: string; webhookSecrets: string[]; apiBase: string }
  nextAuthSecret: string
  home: string
  /** As it was given; unset lets both loopback names be origins. */
  appUrl: string | undefined
}

/** The complete environment of web and worker: what was set, and what the starter supplied in place of the rest. */
export function serviceEnvironment(settings: Settings, supplied: Supplied): Environment {
  return {
    DATABASE_URL: supplied.databaseUrl,
    STRIPE_SECRET_KEY: supplied.stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: supplied.stripe.webhookSecrets.join(','),
    STRIPE_API_BASE: supplied.stripe.apiBase,
    APP_URL: supplied.appUrl ?? '',
    NEXTAUTH_URL: settings.appUrl,
    NEXTAUTH_SECRET: supplied.nextAuthSecret,
    AUDIT_SECRET: settings.auditSecrets.join(','),
    SMTP_URL: settings.smtpUrl ?? '',
    BILLING_TIME_ZONE: settings.billingTimeZone,
    DUEBOOK_HOME: supplied.home,
    PORT: String(settings.port),
    LISTEN_HOST: settings.listenHost,
    LOG_LEVEL: settings.logLevel,
  }
}
