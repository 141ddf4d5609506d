'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { checkingState, failureFacts } from '@/components/shell/operation-words'
import type { Operation } from '@/components/shell/use-operation'
import { ConfirmDialog, type ConfirmState } from '@/components/ui/confirm-dialog'
import { formatMoney } from '@/lib/domain/money'
import { consequencesOf } from '@/lib/words/consequences'
import { editorTotals } from './editor-totals'
import type { EditorValues } from './editor-values'

export type EditorConfirmProps<Input, T> = {
  isOpen: boolean
  operation: Operation<Input, T>
  onConfirm: () => void
  onClose: () => void
}

/** The last look before an invoice becomes a legal document: whom, how much, and what cannot be undone. */
export function EditorConfirm<Input, T>({
  isOpen,
  operation,
  onConfirm,
  onClose,
}: EditorConfirmProps<Input, T>) {
  const { control } = useFormContext<EditorValues>()
  const values = useWatch({ control, compute: (written: EditorValues) => written })
  const { customer, currency, until } = values
  const who = customer?.name ?? customer?.email ?? 'the customer'
  const amount = formatMoney(editorTotals(values).total, currency).replace('-', '−')
  const isSending = until === 'sent'

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onClose}
      title={
        isSending
          ? `Finalize the invoice for ${who}, ${amount}, and send it?`
          : `Finalize the invoice for ${who}, ${amount}?`
      }
      consequences={consequencesOf(isSending ? 'send' : 'finalize', {
        customerEmail: customer?.email ?? null,
      })}
      confirmLabel={isSending ? 'Finalize and send' : 'Finalize'}
      cancelLabel={operation.isUnsettled ? 'Close' : 'Keep editing'}
      tone="primary"
      state={stateOf(operation)}
      onConfirm={onConfirm}
    />
  )
}

/** There is no receipt here: after success the invoice's own page opens, and the dialog waits for it. */
function stateOf<Input, T>(operation: Operation<Input, T>): ConfirmState {
  if (operation.state === 'checking') return checkingState(operation.error)
  if (operation.state === 'error') return { kind: 'failed', ...failureFacts(operation.error) }
  return { kind: operation.state === 'idle' ? 'asking' : 'pending' }
}
