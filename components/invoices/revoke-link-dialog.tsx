'use client'

import { useQueryClient } from '@tanstack/react-query'
import { checkingState, failureFacts } from '@/components/shell/operation-words'
import { type Operation, useOperation } from '@/components/shell/use-operation'
import { ConfirmDialog, type ConfirmState } from '@/components/ui/confirm-dialog'
import { notify } from '@/components/ui/toast'
import { revokeShareLinkAction } from '@/lib/actions/share'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { nameOf } from './invoice-title'

export type RevokeLinkDialogProps = { invoice: InvoiceDetail; isOpen: boolean; onClose: () => void }

/** Revoking cannot be taken back: whoever was sent the link needs a new one. */
export function RevokeLinkDialog({ invoice, isOpen, onClose }: RevokeLinkDialogProps) {
  const queryClient = useQueryClient()
  const operation = useOperation(revokeShareLinkAction)

  async function handleConfirm() {
    const answer = await operation.run({ invoiceId: invoice.id })
    if (!answer.ok) return
    await queryClient.invalidateQueries({ queryKey: ['invoices'] })
    notify({ tone: 'positive', title: `The customer’s link to ${nameOf(invoice)} is revoked` })
    handleClose()
  }

  function handleClose() {
    if (!operation.isUnsettled) operation.reset()
    onClose()
  }

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={handleClose}
      title={`Revoke the customer’s link to ${nameOf(invoice)}?`}
      consequences={[
        'The link stops working at once, for everybody who has it. This cannot be undone.',
        'The invoice itself and Stripe’s own page of it stay as they are.',
        'You can make a new link afterwards and send it to the customer.',
      ]}
      confirmLabel="Revoke link"
      cancelLabel="Keep the link"
      tone="danger"
      state={stateOf(operation)}
      onConfirm={handleConfirm}
    />
  )
}

/** There is no receipt here: after success the dialog closes. */
function stateOf<Input, T>(operation: Operation<Input, T>): ConfirmState {
  if (operation.state === 'checking') return checkingState(operation.error)
  if (operation.state === 'error') return { kind: 'failed', ...failureFacts(operation.error) }
  return { kind: operation.state === 'pending' ? 'pending' : 'asking' }
}
