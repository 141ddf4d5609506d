import type { ConfirmState } from '@/components/ui/confirm-dialog'
import type { ReceiptFacts } from '@/components/ui/receipt'
import { type Explanation, explainError } from '@/lib/words/errors'
import { explainRefusedMove } from '@/lib/words/moves'
import type { Operation, OperationError } from './use-operation'

const outdated: Explanation = {
  what: 'This page is outdated: Duebook was updated since you opened it. Nothing was done.',
  next: 'Reload the page, then do it again.',
}

/** Asking again under the same conditions can help. */
const passing: ReadonlySet<OperationError['code']> = new Set([
  'operation_running',
  'outcome_unknown',
  'stripe_busy',
  'stripe_unreachable',
  'database_unavailable',
  'unexpected',
])

function explainOperationError(error: OperationError): Explanation {
  if (error.code === 'page_outdated') return outdated
  return error.code === 'move_refused' ? explainRefusedMove(error.params) : explainError(error)
}

/** What happened, in Stripe's own sentence where it gave one, and what to do next. */
export function failureFacts(error: OperationError) {
  const { what, next } = explainOperationError(error)
  const stripe = error.code === 'page_outdated' ? undefined : error.stripe
  return {
    title: what,
    detail: stripe === undefined ? next : `“${stripe.message}” ${next}`,
    requestId: stripe?.requestId ?? null,
    canRetry: passing.has(error.code),
  }
}

/** For ConfirmDialog: it is being found out what became of it. */
export function checkingState(error: OperationError): ConfirmState {
  const { title, detail } = failureFacts(error)
  return { kind: 'checking', title, detail }
}

/** Where a confirmed operation stands, as ConfirmDialog draws it. */
export function confirmStateOf<Input, T>(
  operation: Operation<Input, T>,
  receipt: (value: T) => ReceiptFacts,
): ConfirmState {
  switch (operation.state) {
    case 'idle':
      return { kind: 'asking' }
    case 'pending':
      return { kind: 'pending' }
    case 'checking':
      return checkingState(operation.error)
    case 'error':
      return { kind: 'failed', ...failureFacts(operation.error) }
    case 'success':
      return { kind: 'done', receipt: receipt(operation.value) }
  }
}
