'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { CircleCheck } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Banner } from './banner'
import { Button } from './button'
import { Copyable } from './copyable'
import { dialogBackdropStyle, dialogPopupStyle, dialogViewportStyle } from './dialog-style'
import { Receipt, type ReceiptFacts } from './receipt'

/** Where a money action stands. The caller owns it; the dialog draws it. */
export type ConfirmState =
  | { kind: 'asking' }
  | { kind: 'pending' }
  /** It is not known yet what became of it, and that is being found out: the dialog can be left meanwhile. */
  | { kind: 'checking'; title: string; detail: string }
  | {
      kind: 'failed'
      title: string
      /** What to do next. */
      detail: string
      requestId: string | null
      /** Whether pressing again can help: not for a refusal that will stay one. */
      canRetry: boolean
    }
  | { kind: 'done'; receipt: ReceiptFacts }

export type ConfirmDialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Names the object and the amount: "Void INV-0042, €1,250.00?" */
  title: string
  /** What will happen, one sentence each, the irreversible ones first. */
  consequences: readonly string[]
  /** Repeats verb and object: "Void INV-0042". Never "OK". */
  confirmLabel: string
  /** What leaving does: "Keep it open". */
  cancelLabel?: string
  tone: 'primary' | 'danger'
  state: ConfirmState
  onConfirm: () => void
  /** Fields the action needs, such as a note. */
  children?: ReactNode
}

/** Asks once before money or a legal document moves. Focus starts on the safe button, Esc cancels, and it ends with a receipt. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, state } = props
  const safeButton = useRef<HTMLButtonElement>(null)
  const isPending = state.kind === 'pending'

  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => isPending || onOpenChange(open)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialogBackdropStyle} />
        <AlertDialog.Viewport className={dialogViewportStyle}>
          <AlertDialog.Popup className={dialogPopupStyle} initialFocus={safeButton}>
            <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-5 py-4">
              <AlertDialog.Title className="flex items-center gap-2 text-balance wrap-anywhere font-semibold text-lg">
                {state.kind === 'done' && (
                  <CircleCheck aria-hidden className="size-5 shrink-0 text-positive" />
                )}
                {state.kind === 'done' ? state.receipt.title : title}
              </AlertDialog.Title>
              {state.kind === 'done' ? (
                <div role="status">
                  <span className="sr-only">{state.receipt.title}</span>
                  <Receipt
                    at={state.receipt.at}
                    requestId={state.receipt.requestId}
                    rows={state.receipt.rows}
                  />
                </div>
              ) : (
                <Question {...props} />
              )}
            </div>
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">
              {state.kind === 'done' ? (
                <Button variant="primary" ref={focusOnMount} onClick={() => onOpenChange(false)}>
                  Done
                </Button>
              ) : (
                <Choices {...props} safeButton={safeButton} />
              )}
            </footer>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

/** The pressed button is gone when the receipt appears; without this, focus would fall to the page behind. */
function focusOnMount(button: HTMLButtonElement | null) {
  button?.focus()
}

function Question({ consequences, children, state }: ConfirmDialogProps) {
  return (
    <>
      <AlertDialog.Description
        render={<ul className="flex list-disc flex-col gap-1 pl-4 text-ink-muted marker:text-ink-faint" />}
      >
        {consequences.map((consequence) => (
          <li key={consequence}>{consequence}</li>
        ))}
      </AlertDialog.Description>
      {children}
      {state.kind === 'checking' && (
        <Banner tone="info" title={state.title}>
          {state.detail}
        </Banner>
      )}
      {state.kind === 'failed' && (
        <Banner tone="urgent" title={state.title}>
          {state.detail}
          {state.requestId !== null && <Copyable text={state.requestId} label="Stripe request id" />}
        </Banner>
      )}
    </>
  )
}

function Choices({
  cancelLabel = 'Cancel',
  confirmLabel,
  tone,
  state,
  onConfirm,
  onOpenChange,
  safeButton,
}: ConfirmDialogProps & { safeButton: RefObject<HTMLButtonElement | null> }) {
  const isPending = state.kind === 'pending'
  const hasEnded = state.kind === 'failed' && !state.canRetry
  return (
    <>
      <Button ref={safeButton} disabled={isPending} onClick={() => onOpenChange(false)}>
        {hasEnded || state.kind === 'checking' ? 'Close' : cancelLabel}
      </Button>
      {!hasEnded && (
        <Button
          variant={tone}
          state={isPending || state.kind === 'checking' ? 'pending' : 'idle'}
          onClick={onConfirm}
        >
          {state.kind === 'failed' ? 'Try again' : confirmLabel}
        </Button>
      )}
    </>
  )
}
