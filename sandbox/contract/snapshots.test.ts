import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type SandboxUnderTest, underTest, useSandbox } from '@/sandbox/contract/account'
import { customer, openInvoice } from '@/sandbox/contract/scenes'
import { type Sandbox, startSandbox } from '@/sandbox/server'

const directory = await mkdtemp(join(tmpdir(), 'sandbox-snapshots-test-'))
afterAll(() => rm(directory, { recursive: true }))

async function everything({ stripe }: SandboxUnderTest): Promise<unknown> {
  const lists = [stripe.customers.list(), stripe.invoices.list(), stripe.events.list({ limit: 100 })]
  return JSON.parse(JSON.stringify((await Promise.all(lists)).map(({ data }) => data)))
}

describe.each([
  { kept: 'nowhere', options: {} },
  { kept: 'in a directory', options: { dataDir: join(directory, 'kept') } },
])('a sandbox that is kept $kept', ({ options }) => {
  const sandbox = useSandbox(options)

  test('returns to a snapshot as often as one likes, and to its time', async () => {
    const { id } = await openInvoice(sandbox.stripe)
    const before = await everything(sandbox)
    const { at } = await sandbox.control<{ at: number }>('POST', 'snapshots', { name: 'one-open' })
    for (const days of [1, 400]) {
      await sandbox.stripe.invoices.voidInvoice(id)
      await sandbox.control('POST', 'clock', { advance_seconds: days * 86_400 })
      await customer(sandbox.stripe)
      await sandbox.control('POST', 'restore', { name: 'one-open' })
      expect(await everything(sandbox)).toEqual(before)
      const { now } = await sandbox.control<{ now: number }>('GET', 'clock')
      expect(now - at).toBeLessThan(60)
    }
    await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
    expect(await sandbox.control('GET', 'snapshots')).toMatchObject([{ name: 'one-open' }])
    await sandbox.control('DELETE', 'snapshots/one-open')
    expect(await sandbox.control('GET', 'snapshots')).toEqual([])
  })

  test('refuses what it does not have', async () => {
    await expect(sandbox.control('POST', 'restore', { name: 'never' })).rejects.toThrow(/no snapshot never/)
    await expect(sandbox.control('POST', 'snapshots', { name: '../../etc' })).rejects.toThrow(/400/)
  })
})

test('what was restored is what the next start finds', async () => {
  const dataDir = join(directory, 'restarted')
  let sandbox: Sandbox = await startSandbox({ dataDir, quiet: true })
  const first = underTest(sandbox.url)
  await openInvoice(first.stripe)
  const before = await everything(first)
  await first.control('POST', 'snapshots', { name: 'start' })
  await openInvoice(first.stripe)
  await first.control('POST', 'restore', { name: 'start' })
  await sandbox.close()
  sandbox = await startSandbox({ dataDir, quiet: true })
  const again = await everything(underTest(sandbox.url))
  const local = (value: unknown) => JSON.stringify(value).replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
  expect(local(again)).toEqual(local(before))
  await sandbox.close()
})
