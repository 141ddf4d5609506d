import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { TimelineEntry } from '@/lib/domain/invoice-view'
import type { AppError } from '@/lib/domain/result'
import { errorSentence } from '@/lib/words/errors'

/** What a move makes Stripe announce: where both are known, the person's line stands for both. */
const announcedBy: Record<string, string> = {
  'invoice.create': 'invoice.created',
  'invoice.finalize': 'invoice.finalized',
  'invoice.send': 'invoice.sent',
  'invoice.void': 'invoice.voided',
  'invoice.mark_uncollectible': 'invoice.marked_uncollectible',
  'invoice.pay_out_of_band': 'invoice.paid',
  'invoice.delete_draft': 'invoice.deleted',
}

/** Events that say again what another one says, or too little to be worth a line. */
const silentEvents = ['invoice.updated', 'invoice.payment_succeeded']

/** What happened to an invoice, newest first: what people did here and what Stripe reported. */
export async function invoiceTimeline(_ctx: Ctx, invoiceId: string): Promise<TimelineEntry[]> {
  const [operations, events, createdAt] = await Promise.all([
    operationsOn(invoiceId),
    eventsOf(invoiceId),
    creationOf(invoiceId),
  ])
  const entries = [
    ...operations.map(operationEntry),
    ...events.flatMap((event) => eventEntry(event, operations)),
  ]
  const isBornHere = entries.some(({ what }) => what === 'invoice.create' || what === 'invoice.created')
  if (!isBornHere && createdAt) entries.push(creationEntry(invoiceId, createdAt))
  return entries.sort(newestFirst)
}

type OperationRow = {
  id: string
  name: string
  state: TimelineEntry['outcome']
  actorName: string
  createdAt: Date
  finishedAt: Date | null
  note: string | null
  error: AppError | null
  /** Why an invoice in the making was not brought as far as was asked for. */
  stopped: AppError | null
  requestIds: string[]
}

/** Of the times a link was copied, only the one that made it: the others changed nothing. */
async function operationsOn(invoiceId: string): Promise<OperationRow[]> {
  const { rows } = await pool().query<OperationRow>(
    `select id, name, state, actor_name as "actorName", created_at as "createdAt", finished_at as "finishedAt",
       note, error, answer->'stopped'->'error' as stopped, stripe_request_ids as "requestIds"
     from operations
     where object_id = $1
       and (name <> 'share_link.copy' or state <> 'done' or answer->'isNew' = 'true'::jsonb)
     order by created_at desc
     limit 500`,
    [invoiceId],
  )
  return rows
}

type EventRow = {
  id: string
  type: string
  createdAt: Date
  requestId: string | null
  idempotencyKey: string | null
}

async function eventsOf(invoiceId: string): Promise<EventRow[]> {
  const { rows } = await pool().query<EventRow>(
    `select id, type, created_at as "createdAt", payload::jsonb->'request'->>'id' as "requestId",
       payload::jsonb->'request'->>'idempotency_key' as "idempotencyKey"
     from stripe_events
     where object_id = $1 and type like 'invoice.%' and type <> all($2)
     order by created_at desc
     limit 500`,
    [invoiceId, silentEvents],
  )
  return rows
}

async function creationOf(invoiceId: string): Promise<Date | null> {
  const { rows } = await pool().query<{ createdAt: Date }>(
    'select created_at as "createdAt" from invoices where id = $1',
    [invoiceId],
  )
  return rows[0]?.createdAt ?? null
}

function operationEntry(operation: OperationRow): TimelineEntry {
  const { note, createdAt, finishedAt, requestIds } = operation
  const error = operation.error ?? operation.stopped
  // Making an invoice goes on until it is sent, with entries of its own in between: its line is the beginning.
  const isCreation = operation.name === 'invoice.create'
  const at = isCreation ? createdAt : (finishedAt ?? createdAt)
  return {
    id: operation.id,
    at: at.toISOString(),
    what: operation.name,
    by: { kind: 'person', name: operation.actorName },
    outcome: operation.state,
    note: error ? (error.stripe?.message ?? errorSentence(error)) : note,
    requestId: requestIds.at(isCreation ? 0 : -1) ?? null,
  }
}

/** Nothing where the operation's own line says it; under the person's name where their operation caused it. */
function eventEntry(event: EventRow, operations: OperationRow[]): TimelineEntry[] {
  const cause = operations.find((operation) => isCauseOf(operation, event))
  if (cause?.state === 'done' && announcedBy[cause.name] === event.type) return []
  return [
    {
      id: event.id,
      at: event.createdAt.toISOString(),
      what: event.type,
      by: cause ? { kind: 'person', name: cause.actorName } : { kind: 'stripe' },
      outcome: 'done',
      note: null,
      requestId: event.requestId,
    },
  ]
}

/** Stripe names the request and its idempotency key in the event; our keys begin with the operation's id. */
function isCauseOf({ id, requestIds }: OperationRow, { requestId, idempotencyKey }: EventRow): boolean {
  if (idempotencyKey?.startsWith(`${id}/`)) return true
  return requestId !== null && requestIds.includes(requestId)
}

function creationEntry(invoiceId: string, createdAt: Date): TimelineEntry {
  return {
    id: `${invoiceId}/created`,
    at: createdAt.toISOString(),
    what: 'invoice.created',
    by: { kind: 'stripe' },
    outcome: 'done',
    note: null,
    requestId: null,
  }
}

/** Events carry whole seconds: within one, what happened later in an invoice's life stands above. */
function newestFirst(one: TimelineEntry, other: TimelineEntry): number {
  const seconds = secondOf(other) - secondOf(one)
  return seconds !== 0 ? seconds : stageOf(other) - stageOf(one)
}

const secondOf = ({ at }: TimelineEntry) => Math.floor(Date.parse(at) / 1_000)

/** What has no stage of its own happens between the mail and the end. */
const stages: readonly (readonly string[])[] = [
  ['invoice.create', 'invoice.created'],
  ['invoice.finalize', 'invoice.finalized'],
  ['invoice.send', 'invoice.sent'],
  [],
  ['invoice.mark_uncollectible', 'invoice.marked_uncollectible'],
  ['invoice.pay_out_of_band', 'invoice.paid', 'invoice.void', 'invoice.voided'],
]

function stageOf({ what }: TimelineEntry): number {
  const stage = stages.findIndex((names) => names.includes(what))
  return stage === -1 ? stages.findIndex((names) => names.length === 0) : stage
}
