'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { moveReasonSentence } from '@/lib/words/moves'
import type { EditorValues } from './editor-values'

type Until = EditorValues['until']

export type EditorActionsProps = {
  isBusy: boolean
  /** Only what was pressed before can be pressed again, because it may have been done. */
  isUnsettled: boolean
  onPress: (until: Until) => void
}

const labels: Record<Until, string> = {
  draft: 'Save draft',
  finalized: 'Finalize',
  sent: 'Finalize and send',
}

/** How far to go. Sending is what most invoices are written for; without an address, finalizing is. */
export function EditorActions({ isBusy, isUnsettled, onPress }: EditorActionsProps) {
  const { control } = useFormContext<EditorValues>()
  const customer = useWatch({ control, name: 'customer' })
  const pressed = useWatch({ control, name: 'until' })
  const cannotSend = customer !== null && customer.email === null
  const primary: Until = cannotSend ? 'finalized' : 'sent'

  return (
    <div className="flex flex-wrap gap-2">
      {(['sent', 'finalized', 'draft'] as const).map((until) => (
        <Button
          key={until}
          variant={until === primary ? 'primary' : 'secondary'}
          state={isBusy && until === pressed ? 'pending' : 'idle'}
          disabled={(isBusy || isUnsettled) && until !== pressed}
          onClick={() => onPress(until)}
          {...(until === 'sent' && cannotSend && { disabledReason: moveReasonSentence('no_email') })}
        >
          {labels[until]}
        </Button>
      ))}
    </div>
  )
}
