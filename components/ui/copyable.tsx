'use client'

import { Check, Copy } from 'lucide-react'
import { type CopyState, useCopy } from './use-copy'

const answers: Record<CopyState, string> = {
  idle: '',
  copied: 'Copied',
  blocked: 'Select it and copy by hand',
}

export type CopyableProps = {
  text: string
  /** What it is, for the button's name: "invoice id". */
  label: string
}

/** An id in monospace with a copy button and a visible answer. */
export function Copyable({ text, label }: CopyableProps) {
  const { state, copy } = useCopy()
  return (
    <span className="relative z-10 inline-flex max-w-full items-center gap-1">
      <span className="select-all truncate font-mono text-sm" title={text}>
        {text}
      </span>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        onClick={() => copy(text)}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-muted hover:bg-hover hover:text-ink"
      >
        {state === 'copied' ? (
          <Check aria-hidden className="size-3.5 text-positive" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
      <span role="status" className="text-ink-muted text-xs empty:hidden">
        {answers[state]}
      </span>
    </span>
  )
}
