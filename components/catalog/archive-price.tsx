'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmStateOf } from '@/components/shell/operation-words'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { notify } from '@/components/ui/toast'
import { archivePriceAction } from '@/lib/actions/catalog'
import type { PriceView } from '@/lib/domain/catalog-view'
import { formatUnitAmount } from '@/lib/domain/unit-amount'

/** Takes a price out of use; says before what that means. */
export function ArchivePrice({ price }: { price: PriceView }) {
  const [isOpen, setIsOpen] = useState(false)
  const queryClient = useQueryClient()
  const operation = useOperation(archivePriceAction)
  const name =
    price.unitAmountDecimal === null
      ? 'this price'
      : formatUnitAmount(price.unitAmountDecimal, price.currency)

  async function handleArchive() {
    const answer = await operation.run({ priceId: price.id })
    if (!answer.ok) return
    // The row loses this dialog with the price's state, so the receipt goes where it can stay.
    notify({ tone: 'positive', title: `${name} is archived`, requestId: answer.value.requestId })
    await queryClient.invalidateQueries({ queryKey: ['catalog'] })
  }

  return (
    <>
      <Button
        size="small"
        aria-label={`Archive ${name}`}
        disabledReason={
          price.isDefault
            ? 'The default price cannot be archived. Make another price the default first.'
            : undefined
        }
        onClick={() => setIsOpen(true)}
      >
        Archive
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Archive ${name}?`}
        consequences={[
          'It can no longer be put on invoices.',
          'Drafts and invoices that already have it keep it.',
        ]}
        confirmLabel="Archive price"
        cancelLabel="Keep it"
        tone="primary"
        onConfirm={handleArchive}
        state={confirmStateOf(operation, ({ at, requestId }) => ({
          title: `${name} is archived`,
          at,
          requestId,
        }))}
      />
    </>
  )
}
