import 'server-only'
import { pino } from 'pino'
import { parseSettings } from '@/lib/env'
import { withoutSecrets } from './without-secrets'

const settings = parseSettings(process.env)

/** One JSON line an event, on stdout. Secrets are cut out of the finished line, wherever in it they are. */
export const log = pino({
  level: settings.ok ? settings.value.logLevel : 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['password', '*.password', 'token', '*.token', '*.cookie', '*.authorization', '*.secret'],
    censor: '…',
  },
  hooks: { streamWrite: withoutSecrets },
})
