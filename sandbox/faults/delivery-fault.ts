import { fitsPattern, type Planted } from '@/sandbox/faults/fault-book'

/**
 * A misfortune planted for deliveries to webhook endpoints, one hit for each request that would go out. `drop`: it is
 * never sent. `duplicate`: sent twice. `delay`: after `delayMs`. `hold`: kept until released. `reorder`: kept until
 * `size` are together, then sent in another order, each answered before the next. `wrong_secret`: signed with a secret
 * that nobody has. `api_version`: says that it is in version `apiVersion`.
 */
export type DeliveryFault = Planted & {
  /** Event types, exact or with a star at the end. */
  types: string[]
  /** Id of the endpoint; null for every one. */
  endpoint: string | null
  effect: 'drop' | 'duplicate' | 'delay' | 'hold' | 'reorder' | 'wrong_secret' | 'api_version'
  delayMs: number
  size: number
  apiVersion: string
}

export function fitsDelivery({ types, endpoint }: DeliveryFault, type: string, endpointId: string): boolean {
  if (endpoint !== null && endpoint !== endpointId) return false
  return types.some((pattern) => fitsPattern(pattern, type))
}
