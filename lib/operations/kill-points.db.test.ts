import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import { billingIn, personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { resumeOperation } from '@/lib/actions/operations'
import { db, pool } from '@/lib/db/client'
import { createInvoiceInput } from '@/lib/domain/invoice-input'
import type { KillPoint } from './crash-at'
import { settleDue } from './reaper'

/* CR4, CR10: real processes, ended as `kill -9` ends them at every point that a crash can be told apart by. */

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)
const ctx = personOf('biller')

/** Runs the operation in a process of its own that dies at `point`. */
async function dieAt(point: string, name: string, input: unknown): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'e2e/support/operate.ts', name].concat(
      JSON.stringify(ctx),
      JSON.stringify(input),
    ),
    { env: { ...process.env, CRASH_AT: point, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [, signal] = await once(child, 'close')
  expect({ signal, said }).toEqual({ signal: 'SIGKILL', said: '' })
}

const operation = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })

/** What the worker does once the leases of the dead have run out. */
async function settleAll(): Promise<void> {
  await pool().query(`update operations set leased_until = now() - interval '1 second'`)
  await settleDue(resumeOperation)
}

const create = async () =>
  createInvoiceInput.parse({
    operationId: randomUUID(),
    customerId: await billing.customer(),
    currency: 'usd',
    daysUntilDue: 30,
    // Each a call of its own.
    lines: ['1', '2', '3', '4', '5'].map((unitAmount) => ({
      kind: 'amount',
      description: `Work ${unitAmount}`,
      unitAmount,
      quantity: '2',
    })),
    until: 'sent',
  })

async function openInvoice(): Promise<string> {
  const id = await billing.draft()
  await sandbox.stripe.invoices.finalizeInvoice(id)
  return id
}

/** Calls that Stripe has executed for the operation, by their steps. */
async function executed(id: string): Promise<string[]> {
  const calls = await billing.written(/^POST/)
  return calls
    .filter(({ replayed, idempotencyKey }) => !replayed && idempotencyKey?.startsWith(`${id}/`))
    .map(({ idempotencyKey }) => idempotencyKey?.slice(id.length + 1) ?? '')
}

const steps = ['create', 'lines/0', 'lines/1', 'lines/2', 'lines/3', 'lines/4', 'finalize', 'send']

async function expectOneInvoice({ operationId, customerId }: Awaited<ReturnType<typeof create>>) {
  const { data } = await sandbox.stripe.invoices.list({ customer: customerId })
  expect(data).toMatchObject([{ status: 'open', total: 3_000, metadata: { duebook_operation: operationId } }])
  expect(await operation(operationId)).toMatchObject({ state: 'done', objectId: data[0]?.id })
  expect(await billing.mails(data[0]?.id ?? '')).toHaveLength(1)
  expect(await executed(operationId)).toEqual(steps)
}

const points: KillPoint[] = [
  'after_intent',
  'before_call',
  'after_call_before_commit',
  'after_commit_before_reply',
]

beforeEach(() => sandbox.control('POST', '/_sandbox/reset'))

describe.each(points)('a process killed at %s', { timeout: 120_000 }, (point) => {
  it('leaves nothing undone and nothing done twice: create, send, void', async () => {
    const creation = await create()
    const [drafted, opened] = [await billing.draft(), await openInvoice()]
    const sending = await billing.moveInput(drafted)
    const voiding = await billing.moveInput(opened)
    await Promise.all([
      dieAt(point, 'invoice.create', creation),
      dieAt(point, 'invoice.send', sending),
      dieAt(point, 'invoice.void', voiding),
    ])
    const state = point === 'after_commit_before_reply' ? 'done' : 'running'
    expect(await operation(creation.operationId)).toMatchObject({ state })
    await settleAll()
    await expectOneInvoice(creation)
    for (const [input, move, status] of [
      [sending, 'send', 'open'],
      [voiding, 'void', 'void'],
    ] as const) {
      expect(await operation(input.operationId)).toMatchObject({ state: 'done', after: { status } })
      expect(await executed(input.operationId)).toEqual([move])
      expect(await sandbox.stripe.invoices.retrieve(input.invoiceId)).toMatchObject({ status })
    }
    expect(await billing.mails(drafted)).toHaveLength(1)
  })
})

describe('an invoice in the making', { timeout: 120_000 }, () => {
  it.each([
    'mid_items:lines/1',
    'after_call_before_commit:lines/2',
    'before_call:finalize',
    'after_call_before_commit:finalize',
    'after_call_before_commit:send',
  ])('killed at %s goes on where it was', async (point) => {
    const creation = await create()
    await dieAt(point, 'invoice.create', creation)
    await settleAll()
    await expectOneInvoice(creation)
  })
})
