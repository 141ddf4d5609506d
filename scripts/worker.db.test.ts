import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'

useTestDatabase()
const sandbox = useTestSandbox()
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function startWorkerProcess(): Promise<{
  child: ChildProcess
  lines: () => string
  exit: Promise<number | null>
}> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'scripts/worker.ts'],
    {
      env: { ...process.env, LOG_LEVEL: 'info', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  let output = ''
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      if (output.includes('worker is ready')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => reject(new Error(`the worker ended:\n${output}`)))
  })
  return { child, lines: () => output, exit }
}

const markDirty = (id: string) =>
  pool().query(`insert into sync_objects (type, id, dirty_seq) values ('product', $1, 1)`, [id])
const isMirrored = async (id: string) => (await db().product.count({ where: { id } })) === 1

describe('the worker process', { timeout: 60_000 }, () => {
  it('imports what exists, goes on mirroring, and ends in peace when told to', async () => {
    const { id } = await sandbox.stripe.products.create({ name: 'There before' })
    const { child, lines, exit } = await startWorkerProcess()
    await expect.poll(() => isMirrored(id), { timeout: 20_000 }).toBe(true)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    for (const line of lines().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
    expect(lines()).not.toContain('sk_test_duebook')
  })

  it('finishes on SIGTERM what it has begun', async () => {
    const { id } = await sandbox.stripe.products.create({ name: 'Slow' })
    await sandbox.control('POST', '/_sandbox/faults', {
      path: `/v1/products/${id}`,
      effect: 'slow',
      delayMs: 1_500,
    })
    const { child, exit } = await startWorkerProcess()
    await markDirty(id)
    await expect
      .poll(() => db().syncObject.count({ where: { id, leaseToken: { not: null } } }), { timeout: 5_000 })
      .toBe(1)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(await isMirrored(id)).toBe(true)
    await sandbox.control('DELETE', '/_sandbox/faults')
  })

  it('killed in the middle, loses nothing: another one takes over when the lease has run out', async () => {
    const { id } = await sandbox.stripe.products.create({ name: 'Cut off' })
    await sandbox.control('POST', '/_sandbox/faults', { path: `/v1/products/${id}`, effect: 'hang' })
    const { child, exit } = await startWorkerProcess()
    await markDirty(id)
    await expect
      .poll(() => db().syncObject.count({ where: { id, leaseToken: { not: null } } }), { timeout: 5_000 })
      .toBe(1)
    child.kill('SIGKILL')
    await exit
    await sandbox.control('DELETE', '/_sandbox/faults')
    const held = await db().syncObject.findFirstOrThrow({ where: { id } })
    expect(held.nextAttemptAt?.getTime()).toBeLessThan(Date.now() + 61_000)
    await pool().query('update sync_objects set next_attempt_at = now() where id = $1', [id])
    const second = await startWorkerProcess()
    await expect.poll(() => isMirrored(id), { timeout: 10_000 }).toBe(true)
    second.child.kill('SIGTERM')
    expect(await second.exit).toBe(0)
  })
})
