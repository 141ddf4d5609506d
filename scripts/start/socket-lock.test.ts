import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeSocketLock } from './socket-lock'

let folder: string
let address: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duebook-lock-'))
  address = join(folder, 'lock.sock')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the second is told who the first is, until that lets go', async () => {
  const first = await takeSocketLock(address, 'the first')
  expect(await takeSocketLock(address, 'the second')).toEqual({ isMine: false, holder: 'the first' })
  if (first.isMine) first.release()
  expect(readdirSync(folder)).toEqual([])
  expect((await takeSocketLock(address, 'the second')).isMine).toBe(true)
})

test('of many at once one gets it', async () => {
  const locks = await Promise.all(Array.from({ length: 8 }, (_, n) => takeSocketLock(address, String(n))))
  expect(locks.filter(({ isMine }) => isMine)).toHaveLength(1)
})

test('of many at once one gets it, also where a dead one lies', async () => {
  await leaveDeadSocket()
  const locks = await Promise.all(Array.from({ length: 8 }, (_, n) => takeSocketLock(address, String(n))))
  expect(locks.filter(({ isMine }) => isMine)).toHaveLength(1)
  expect((await takeSocketLock(address, 'late')).isMine).toBe(false)
})

test('a holder that was killed holds nothing', async () => {
  await leaveDeadSocket()
  expect((await takeSocketLock(address, 'next')).isMine).toBe(true)
})

async function leaveDeadSocket(): Promise<void> {
  const program = `require('net').createServer().listen(${JSON.stringify(address)}, () => console.log('held'))`
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
}
