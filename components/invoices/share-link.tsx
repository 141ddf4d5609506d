'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Link2, Link2Off } from 'lucide-react'
import { useState } from 'react'
import { OperationFailure } from '@/components/shell/operation-failure'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { Copyable } from '@/components/ui/copyable'
import { InstantText } from '@/components/ui/instant-text'
import { Panel } from '@/components/ui/panel'
import { useCopy } from '@/components/ui/use-copy'
import { copyShareLinkAction } from '@/lib/actions/share'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { moveReasonSentence } from '@/lib/words/moves'
import { RevokeLinkDialog } from './revoke-link-dialog'

/** The customer's durable link: copied as often as one likes, the same each time, until it is revoked. */
export function ShareLink({ invoice, canShare }: { invoice: InvoiceDetail; canShare: boolean }) {
  const queryClient = useQueryClient()
  const operation = useOperation(copyShareLinkAction)
  const clipboard = useCopy()
  const [isRevoking, setIsRevoking] = useState(false)
  const { shareLink } = invoice
  const whyOff = canShare ? {} : { disabledReason: moveReasonSentence('role_may_not') }

  async function handleCopy() {
    const answer = await operation.run({ invoiceId: invoice.id })
    if (!answer.ok) return
    await clipboard.copy(answer.value.url)
    if (shareLink === null) await queryClient.invalidateQueries({ queryKey: ['invoices'] })
  }

  return (
    <Panel title="Customer’s link">
      <p className="text-ink-muted text-sm">
        {shareLink === null ? (
          'A page where the customer sees how this invoice stands and pays it. The link does not expire.'
        ) : (
          <>
            Anyone who has it sees this invoice, and can pay it while it is open. Made{' '}
            <InstantText at={shareLink.createdAt} />.
          </>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          icon={<Link2 aria-hidden />}
          state={operation.state === 'pending' || operation.state === 'checking' ? 'pending' : 'idle'}
          onClick={handleCopy}
          {...whyOff}
        >
          {clipboard.state === 'copied' ? 'Copied' : 'Copy link'}
        </Button>
        {shareLink !== null && (
          <Button
            variant="quiet"
            icon={<Link2Off aria-hidden />}
            onClick={() => setIsRevoking(true)}
            {...whyOff}
          >
            Revoke
          </Button>
        )}
      </div>
      {operation.state === 'success' && shareLink !== null && (
        <Copyable text={operation.value.url} label="customer’s link" />
      )}
      {operation.error !== null && <OperationFailure error={operation.error} />}
      <RevokeLinkDialog
        invoice={invoice}
        isOpen={isRevoking}
        onClose={() => {
          setIsRevoking(false)
          operation.reset()
        }}
      />
    </Panel>
  )
}
