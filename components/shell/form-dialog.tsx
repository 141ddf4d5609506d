'use client'

import { type FormEventHandler, type ReactNode, useId } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { OperationFailure } from './operation-failure'
import type { OperationError } from './use-operation'

type Props = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: string
  /** Verb and object: "Create product". */
  submitLabel: string
  operation: { state: string; error: OperationError | null }
  onSubmit: FormEventHandler<HTMLFormElement>
  /** The fields. */
  children: ReactNode
}

/** A form above the page that asks for one operation, and says why when it did not happen. */
export function FormDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  submitLabel,
  operation,
  onSubmit,
  children,
}: Props) {
  const formId = useId()
  const state = operation.state === 'pending' || operation.state === 'checking' ? 'pending' : 'idle'
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" state={state}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {operation.error !== null && <OperationFailure error={operation.error} />}
        {children}
      </form>
    </Dialog>
  )
}
