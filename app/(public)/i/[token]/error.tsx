'use client'

import { buttonStyle } from '@/components/ui/button-style'
import { Notice } from './notice'

export default function CustomerPageFailed({ retry }: { retry: () => void }) {
  return (
    <>
      <Notice title="Your invoice cannot be shown right now">
        The fault is ours, and nothing has happened to your invoice or to a payment. Try again in a minute.
      </Notice>
      <button type="button" onClick={retry} className={buttonStyle('primary', 'medium')}>
        Try again
      </button>
    </>
  )
}
