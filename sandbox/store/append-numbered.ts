import type { Store } from '@/sandbox/store/store'
import type { Tables } from '@/sandbox/store/tables'

type NumberedTable = 'ledger' | 'attempts' | 'mails'

/**
 * Appends a row numbered after the newest one and forgets the one that is `most` places older, so that a log never
 * grows beyond `most` rows, in memory as in the journal.
 */
export function appendNumbered<Name extends NumberedTable>(
  store: Store,
  name: Name,
  most: number,
  row: Omit<Tables[Name], 'id' | 'seq'>,
): void {
  const seq = (store.table(name).newest()?.seq ?? 0) + 1
  store.put(name, { ...row, id: String(seq), seq } as Tables[Name])
  store.drop(name, String(seq - most))
}
