'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmStateOf } from '@/components/shell/operation-words'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { archiveProductAction, restoreProductAction } from '@/lib/actions/catalog'
import type { ProductDetail } from '@/lib/domain/catalog-view'

const texts = {
  archive: {
    label: 'Archive',
    question: (name: string) => `Archive ${name}?`,
    consequences: [
      'None of its prices can be put on invoices while it is archived.',
      'Drafts and invoices that already have it keep it.',
      'It can be restored at any time.',
    ],
    confirm: 'Archive product',
    done: (name: string) => `${name} is archived`,
  },
  restore: {
    label: 'Restore',
    question: (name: string) => `Restore ${name}?`,
    consequences: ['Its active prices can be put on invoices again.'],
    confirm: 'Restore product',
    done: (name: string) => `${name} is active again`,
  },
}

/** Takes a product out of use or back into it. */
export function ProductState({ product }: { product: ProductDetail }) {
  const [isOpen, setIsOpen] = useState(false)
  // What was asked stays what is answered, although the product has changed meanwhile.
  const [asked, setAsked] = useState<keyof typeof texts>('archive')
  const queryClient = useQueryClient()
  const archive = useOperation(archiveProductAction)
  const restore = useOperation(restoreProductAction)
  const operation = asked === 'archive' ? archive : restore
  const possible = product.isActive ? 'archive' : 'restore'
  const { question, consequences, confirm, done } = texts[asked]

  function handleAsk() {
    setAsked(possible)
    setIsOpen(true)
  }

  async function handleConfirm() {
    const answer = await operation.run({ productId: product.id })
    if (answer.ok) await queryClient.invalidateQueries({ queryKey: ['catalog'] })
  }

  function handleOpenChange(open: boolean) {
    if (!open && !operation.isUnsettled) operation.reset()
    setIsOpen(open)
  }

  return (
    <>
      <Button onClick={handleAsk}>{texts[possible].label}</Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={handleOpenChange}
        title={question(product.name)}
        consequences={consequences}
        confirmLabel={confirm}
        cancelLabel="Leave it"
        tone="primary"
        onConfirm={handleConfirm}
        state={confirmStateOf(operation, ({ at, requestId }) => ({
          title: done(product.name),
          at,
          requestId,
        }))}
      />
    </>
  )
}
