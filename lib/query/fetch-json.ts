import type { AppError } from '@/lib/domain/result'

/** A read that was answered, but not with data. 401 means that the session has ended. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly error: AppError,
  ) {
    super(error.code)
    this.name = 'HttpError'
  }
}

/**
 * Reads JSON from one of our GET routes. Throws `HttpError` for every other answer, and what `fetch` throws
 * (`TypeError`) when there was none.
 */
export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    ...(signal && { signal }),
  })
  if (response.ok) return response.json()
  throw new HttpError(response.status, await readError(response))
}

async function readError(response: Response): Promise<AppError> {
  try {
    const body: { error?: AppError } = await response.json()
    return body.error ?? { code: 'unexpected' }
  } catch {
    // A proxy in front of the app answers in its own words.
    return { code: 'unexpected' }
  }
}

/** `{ search: 'a b', after: null }` → `?search=a+b`; empty and null values are left out. */
export function queryString(parameters: Record<string, string | boolean | null>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== '' && value !== false) query.set(name, String(value))
  }
  return query.size === 0 ? '' : `?${query}`
}
