import type { OperationStanding } from '@/lib/domain/result'
import { fetchJson, HttpError } from './fetch-json'

/** Whether it is known what became of an operation; null when nothing was done under this id. Throws as `fetchJson`. */
export async function fetchStanding(operationId: string): Promise<OperationStanding | null> {
  try {
    return await fetchJson<OperationStanding>(`/api/operations/${operationId}`)
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return null
    throw error
  }
}
