import { z } from 'zod'
import type { LoggedRequest } from '@/sandbox/http/request-log'

const texts = z.array(z.string()).optional()

/** What `stripe logs tail` filters by; several values of one filter are alternatives. */
const shape = z.strictObject({
  filter_account: texts,
  filter_http_method: texts,
  filter_ip_address: texts,
  filter_request_path: texts,
  filter_request_status: texts,
  filter_source: texts,
  filter_status_code: texts,
  filter_status_code_type: texts,
})

export type LogFilters = z.infer<typeof shape>

/** @returns undefined for what is no JSON or names filters that do not exist */
export function readLogFilters(json: string): LogFilters | undefined {
  try {
    return shape.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

export function passes(filters: LogFilters, { method, path, status }: LoggedRequest): boolean {
  if (status === null) return false
  const has = (wanted: string[] | undefined, value: string) =>
    wanted === undefined || wanted.some((each) => each.toUpperCase() === value.toUpperCase())
  return (
    has(filters.filter_account, 'self') &&
    has(filters.filter_ip_address, '127.0.0.1') &&
    has(filters.filter_source, 'API') &&
    has(filters.filter_http_method, method) &&
    has(filters.filter_request_path, path) &&
    has(filters.filter_request_status, status < 400 ? 'SUCCEEDED' : 'FAILED') &&
    has(filters.filter_status_code, String(status)) &&
    // `4XX` on the command line arrives as 400.
    has(filters.filter_status_code_type, `${Math.floor(status / 100)}00`)
  )
}
