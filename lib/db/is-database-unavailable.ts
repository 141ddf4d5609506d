const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
// Prisma: cannot reach, timed out, connection closed, no connection free.
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024'])
/** As Prisma's adapter puts it, where it keeps no code. */
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
/**
 * SQLSTATE classes 08 (connection), 53 (disk, memory, connections used up), 57P0x (shutting down, starting up); a server
 * that is read-only; a statement or a lock that took longer than allowed.
 */
const sqlStates = /^(08...|53...|57P0[1-5]|25006|57014|55P03)$/
/** What `pg` says without a code. */
const messages =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

/** Whether `error`, or what caused it, says that PostgreSQL cannot serve now, as opposed to a mistake in what it was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, kind, message, cause, errors, originalCode, meta } = error as Record<string, unknown>
  if ([code, originalCode].some(isUnavailableCode)) return true
  if (typeof kind === 'string' && kinds.has(kind)) return true
  if (typeof message === 'string' && messages.test(message)) return true
  const causes = [cause, driverError(meta), ...(Array.isArray(errors) ? errors : [])]
  return causes.some((inner) => inner !== error && isDatabaseUnavailable(inner))
}

function isUnavailableCode(code: unknown): boolean {
  if (typeof code !== 'string') return false
  return networkCodes.has(code) || prismaCodes.has(code) || sqlStates.test(code)
}

/** Where Prisma keeps what the driver said. */
function driverError(meta: unknown): unknown {
  return typeof meta === 'object' && meta !== null && 'driverAdapterError' in meta
    ? meta.driverAdapterError
    : undefined
}
