'use client'

import { createContext, type ReactNode, useContext } from 'react'

const TimeZoneContext = createContext('UTC')

/** Gives every instant below it the billing entity's zone, so that nobody reads a date in the zone of their laptop. */
export function TimeZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  return <TimeZoneContext value={zone}>{children}</TimeZoneContext>
}

/** The billing entity's IANA zone. */
export function useTimeZone(): string {
  return useContext(TimeZoneContext)
}
