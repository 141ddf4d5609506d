import { setTimeout as sleep } from 'node:timers/promises'
import { lastLine } from './log-files'
import type { Service } from './service'
import { StartFailure } from './start-failure'

/** Something that runs until it is stopped: a service, or the database. */
export type Part = { exited: Promise<unknown>; stop(): Promise<void>; kill(): void }
type NamedPart = Part & { name: string; logFile: string }

/** Thrown into the start when somebody asks for an end before it is complete. */
export class Interrupted extends Error {}

export type Supervisor = {
  /** Takes charge of a part; what was taken last is stopped first. */
  hold<T extends Part>(part: T): T
  /** Waits for `work`, but not beyond an interruption. */
  unlessInterrupted<T>(work: Promise<T>): Promise<T>
  interrupt(): void
  /** Ends with `failure`, as soon as somebody waits for something. */
  giveUp(failure: StartFailure): void
  stop(): Promise<void>
  kill(): void
}

export function createSupervisor(): Supervisor {
  const parts: Part[] = []
  let end: (reason: Error) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = reject
  })
  // Whoever waits gets it; without this, an end before anybody waits would be an unhandled rejection.
  ended.catch(() => undefined)
  return {
    hold: (part) => {
      parts.push(part)
      return part
    },
    unlessInterrupted: (work) => Promise.race([work, ended]),
    interrupt: () => end(new Interrupted()),
    giveUp: (failure) => end(failure),
    stop: async () => {
      while (parts.length > 0) await parts.pop()?.stop()
    },
    kill: () => {
      for (const part of parts) part.kill()
    },
  }
}

/** Holds `part` and ends everything when it ends by itself: the others are of no use without it. */
export function holdOrGiveUp<T extends NamedPart>(supervisor: Supervisor, part: T): T {
  void part.exited.then(() =>
    supervisor.giveUp(
      new StartFailure(`The ${part.name} stopped: ${lastLine(part.logFile)} (log: ${part.logFile})`),
    ),
  )
  return supervisor.hold(part)
}

const patienceMs = 60_000
const mostDeaths = 5

/** Runs what `start` starts and starts it again when it ends by itself, unless it has done so five times within a minute. */
export function keepRestarting(supervisor: Supervisor, start: () => Service): Part {
  let current = start()
  let isStopping = false
  const deaths: number[] = []
  const watch = async (): Promise<void> => {
    await current.exited
    if (isStopping) return
    const now = Date.now()
    deaths.push(now)
    const recent = deaths.filter((at) => at > now - patienceMs).length
    if (recent >= mostDeaths) {
      supervisor.giveUp(
        new StartFailure(
          `The ${current.name} stopped ${mostDeaths} times within a minute: ${lastLine(current.logFile)} (log: ${current.logFile})`,
        ),
      )
      return
    }
    await sleep(1000 * recent, undefined, { ref: false })
    if (isStopping) return
    current = start()
    await watch()
  }
  const exited = watch()
  return {
    exited,
    stop: async () => {
      isStopping = true
      await current.stop()
    },
    kill: () => current.kill(),
  }
}
