'use client'

import { RotateCw } from 'lucide-react'
import { Button } from './button'
import { Copyable } from './copyable'

export type ErrorStateProps = {
  title: string
  /** What to do next, in plain words. */
  detail?: string
  /** Where the log has the rest. */
  reference?: string | undefined
  onRetry?: () => void
}

/** In place of a panel that could not be loaded. */
export function ErrorState({ title, detail, reference, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 border-l-2 border-l-urgent py-2 pl-4">
      <div className="flex flex-col gap-1">
        <p className="font-medium text-lg">{title}</p>
        {detail !== undefined && <p className="max-w-prose text-ink-muted">{detail}</p>}
        {reference !== undefined && (
          <p className="text-ink-muted text-sm">
            Reference <Copyable text={reference} label="reference" />
          </p>
        )}
      </div>
      {onRetry && (
        <Button icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
