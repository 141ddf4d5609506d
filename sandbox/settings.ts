import type { Store } from '@/sandbox/store/store'

/** What one sandbox is, kept in a single row. */
export type SettingsRecord = {
  id: 'sandbox'
  /** All ids and tokens follow from it. */
  seed: string
  accountId: string
  created: number
  /** Counts ids and tokens, so that none repeats. */
  nextId: number
  /** Seconds that the sandbox's clock is ahead of real time. */
  clockOffset: number
}

export function settingsOf(store: Store): SettingsRecord {
  const settings = store.get('settings', 'sandbox')
  if (!settings) throw new Error('The store has no settings yet')
  return settings
}
