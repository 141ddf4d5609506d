'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmStateOf } from '@/components/shell/operation-words'
import { useOperation } from '@/components/shell/use-operation'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { InvoiceMove } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { consequencesOf } from '@/lib/words/consequences'
import { moveActions } from './move-actions'
import { moveTexts } from './move-texts'

const irreversible: ReadonlySet<InvoiceMove> = new Set(['void', 'delete_draft'])

export type MoveDialogProps = {
  invoice: InvoiceDetail
  move: InvoiceMove
  isOpen: boolean
  /** `isDone`: Stripe has done it. */
  onClose: (isDone: boolean) => void
}

/**
 * Asks once and ends with Stripe's receipt. It stays mounted while it is closed: an attempt whose outcome is unknown must
 * be taken up again under its own id, also by somebody who has closed the dialog meanwhile.
 */
export function MoveDialog({ invoice, move, isOpen, onClose }: MoveDialogProps) {
  const [note, setNote] = useState('')
  const queryClient = useQueryClient()
  const operation = useOperation(moveActions[move])
  const texts = moveTexts(invoice, move)

  async function handleConfirm() {
    const { id, status, amountRemaining } = invoice
    const answer = await operation.run({
      invoiceId: id,
      seen: { status, amountRemaining },
      ...(note.trim() !== '' && { note }),
    })
    if (answer.ok) await queryClient.invalidateQueries({ queryKey: ['invoices'] })
  }

  function handleClose() {
    const isDone = operation.state === 'success'
    if (!operation.isUnsettled) operation.reset()
    onClose(isDone)
  }

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={handleClose}
      title={texts.question}
      consequences={consequencesOf(move, invoice)}
      confirmLabel={texts.confirm}
      cancelLabel={operation.isUnsettled ? 'Close' : texts.cancel}
      tone={irreversible.has(move) ? 'danger' : 'primary'}
      onConfirm={handleConfirm}
      state={confirmStateOf(operation, ({ at, requestId, said }) => ({
        title: texts.done,
        at,
        requestId,
        rows: [{ label: 'Status in Stripe', value: said }],
      }))}
    >
      {move === 'pay_out_of_band' && (
        <Field label="How was it paid?" isOptional description="For your records: method, day, reference.">
          <Textarea
            rows={2}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </Field>
      )}
    </ConfirmDialog>
  )
}
