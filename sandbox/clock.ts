/** The sandbox's only source of time: real time plus an offset that `/_sandbox/clock` moves forward. */
export type Clock = { now(): number; offset(): number; setOffset(seconds: number): void }

/** `now()` answers unix seconds, as every timestamp of the API does. */
export function createClock(offset = 0): Clock {
  return {
    now: () => Math.floor(Date.now() / 1000) + offset,
    offset: () => offset,
    setOffset: (seconds) => {
      offset = seconds
    },
  }
}
