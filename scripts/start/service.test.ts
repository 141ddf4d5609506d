import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startService } from './service'
import { createSupervisor, holdOrGiveUp, Interrupted, keepRestarting } from './supervisor'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duebook-service-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (program: string, graceMs = 2000) =>
  startService({
    name: 'thing',
    args: ['-e', program],
    env: process.env,
    logFile: join(folder, 'thing.log'),
    graceMs,
  })
const logged = () => readFileSync(join(folder, 'thing.log'), 'utf8')
const forever = 'setInterval(() => {}, 1000)'
const never = new Promise<never>(() => undefined)

test('its output is in its log, and stop lets it finish', async () => {
  const service = run(
    `console.log('up'); process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); ${forever}`,
  )
  await vi.waitFor(() => expect(logged()).toContain('up'), 5000)
  await service.stop()
  expect(logged()).toBe('up\nbye\n')
  expect(await service.exited).toEqual({ code: 0, signal: null })
})

test('one that does not listen is ended after its grace', async () => {
  const service = run(`process.on('SIGTERM', () => {}); console.log('up'); ${forever}`, 200)
  await vi.waitFor(() => expect(logged()).toContain('up'), 5000)
  await service.stop()
  expect(await service.exited).toMatchObject({ signal: 'SIGKILL' })
})

test('parts stop one after the other, the last one first', async () => {
  const supervisor = createSupervisor()
  const order: string[] = []
  const part = (name: string) => ({
    exited: never,
    kill: () => undefined,
    stop: async () => {
      order.push(`${name} stops`)
      await Promise.resolve()
      order.push(`${name} stopped`)
    },
  })
  supervisor.hold(part('database'))
  supervisor.hold(part('web'))
  await supervisor.stop()
  expect(order).toEqual(['web stops', 'web stopped', 'database stops', 'database stopped'])
})

test('an interruption ends every wait, also one that begins after it', async () => {
  const supervisor = createSupervisor()
  const waiting = supervisor.unlessInterrupted(never)
  supervisor.interrupt()
  await expect(waiting).rejects.toThrow(Interrupted)
  await expect(supervisor.unlessInterrupted(never)).rejects.toThrow(Interrupted)
})

test('a service that ends by itself ends the whole with a sentence', async () => {
  const supervisor = createSupervisor()
  holdOrGiveUp(supervisor, run(`console.log('out of paper'); process.exit(3)`))
  await expect(supervisor.unlessInterrupted(never)).rejects.toThrow(
    /^The thing stopped: out of paper \(log: /,
  )
})

test('a worker that ends by itself runs again, and does not after being stopped', async () => {
  const supervisor = createSupervisor()
  let starts = 0
  const worker = keepRestarting(supervisor, () => {
    starts += 1
    return run(starts === 1 ? 'process.exit(1)' : forever)
  })
  await vi.waitFor(() => expect(starts).toBe(2), 8000)
  await worker.stop()
  await worker.exited
  expect(starts).toBe(2)
})
