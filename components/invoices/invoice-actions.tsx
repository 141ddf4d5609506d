'use client'

import {
  Ban,
  CircleSlash,
  Ellipsis,
  ExternalLink,
  HandCoins,
  type LucideIcon,
  Send,
  Stamp,
  Trash2,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Menu, type MenuItem } from '@/components/ui/menu'
import { type InvoiceMove, invoiceMoves } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { moveReasonSentence } from '@/lib/words/moves'
import { MoveDialog } from './move-dialog'
import { moveTexts } from './move-texts'
import { primaryMove } from './primary-move'

const icons: Record<InvoiceMove, LucideIcon> = {
  finalize: Stamp,
  send: Send,
  pay_out_of_band: HandCoins,
  void: Ban,
  mark_uncollectible: CircleSlash,
  delete_draft: Trash2,
}

export type InvoiceActionsProps = {
  invoice: InvoiceDetail
  /** Deleted: nothing is left to press. Whoever has just deleted it still gets the receipt. */
  isGone: boolean
}

/** The one action this state calls for, and all others in a menu, where those that are off say why. */
export function InvoiceActions({ invoice, isGone }: InvoiceActionsProps) {
  const router = useRouter()
  const [asked, setAsked] = useState<InvoiceMove | null>(null)
  const primary = primaryMove(invoice)

  function handleClose(move: InvoiceMove, isDone: boolean) {
    setAsked(null)
    if (isDone && move === 'delete_draft') router.push('/invoices')
  }

  return (
    <>
      {!isGone && primary !== null && (
        <PrimaryButton invoice={invoice} move={primary} onPress={() => setAsked(primary)} />
      )}
      {!isGone && (
        <Menu
          trigger={
            <button
              type="button"
              aria-label="More actions"
              className={buttonStyle('secondary', 'medium', true)}
            >
              <Ellipsis aria-hidden />
            </button>
          }
          items={menuItems(invoice, primary, setAsked)}
        />
      )}
      {invoiceMoves.map((move) => (
        <MoveDialog
          key={move}
          move={move}
          invoice={invoice}
          isOpen={asked === move}
          onClose={(isDone) => handleClose(move, isDone)}
        />
      ))}
    </>
  )
}

function PrimaryButton(props: { invoice: InvoiceDetail; move: InvoiceMove; onPress: () => void }) {
  const { invoice, move, onPress } = props
  const Icon = icons[move]
  return (
    <Button variant="primary" icon={<Icon aria-hidden />} onClick={onPress} {...whyOff(invoice, move)}>
      {moveTexts(invoice, move).label}
    </Button>
  )
}

function menuItems(
  invoice: InvoiceDetail,
  primary: InvoiceMove | null,
  onAsk: (move: InvoiceMove) => void,
): MenuItem[] {
  const items: MenuItem[] = invoiceMoves
    .filter((move) => move !== primary)
    .map((move) => {
      const Icon = icons[move]
      return {
        kind: 'action',
        label: moveTexts(invoice, move).label,
        icon: <Icon aria-hidden />,
        tone: move === 'void' || move === 'delete_draft' ? 'danger' : 'plain',
        onSelect: () => onAsk(move),
        ...whyOff(invoice, move),
      }
    })
  if (invoice.stripeUrl === null) return items
  return [
    ...items,
    { kind: 'separator', id: 'before-stripe' },
    {
      kind: 'link',
      label: 'Open in Stripe',
      icon: <ExternalLink aria-hidden />,
      href: invoice.stripeUrl,
      isExternal: true,
    },
  ]
}

function whyOff(invoice: InvoiceDetail, move: InvoiceMove): { disabledReason?: string } {
  const answer = invoice.moves[move]
  return answer.allowed ? {} : { disabledReason: moveReasonSentence(answer.reason) }
}
