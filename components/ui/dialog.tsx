'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { dialogBackdropStyle, dialogPopupStyle, dialogViewportStyle } from './dialog-style'
import { IconButton } from './icon-button'

export type DialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: string
  children: ReactNode
  /** Usually a row of Buttons, the primary one last. */
  footer?: ReactNode
  width?: 'narrow' | 'wide'
}

/** A form or a picture above the page. Traps focus, Esc closes, focus returns. Money actions use ConfirmDialog. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'narrow',
}: DialogProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={dialogBackdropStyle} />
        <BaseDialog.Viewport className={dialogViewportStyle}>
          <BaseDialog.Popup className={classNames(dialogPopupStyle, width === 'wide' && 'sm:max-w-2xl')}>
            <header className="flex flex-col gap-1 py-4 pr-14 pl-5">
              <BaseDialog.Title className="wrap-anywhere font-semibold text-lg">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="text-ink-muted">{description}</BaseDialog.Description>
              )}
            </header>
            <div className="min-h-0 overflow-y-auto px-5 pb-4">{children}</div>
            {footer !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
            )}
            {/* Last in the order of tabbing, so that focus starts in the content. */}
            <span className="absolute top-3 right-3">
              <BaseDialog.Close render={<IconButton label="Close" icon={<X aria-hidden />} size="small" />} />
            </span>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
