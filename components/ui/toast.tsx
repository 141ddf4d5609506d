'use client'

import { Toast as BaseToast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, type LucideIcon, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { Copyable } from './copyable'
import { IconButton } from './icon-button'
import { popupStyle } from './popup-style'

type NoticeTone = 'positive' | 'info' | 'urgent'

export type Notice = {
  tone: NoticeTone
  title: string
  description?: string
  /** Stripe's `req_…`, to be copied. */
  requestId?: string | null
}

type NoticeData = { tone: NoticeTone; requestId: string | null }

const manager = BaseToast.createToastManager<NoticeData>()

/** Tells the person at the screen something that has happened. Failures interrupt and stay until closed. */
export function notify({ tone, title, description, requestId = null }: Notice): void {
  const isFailure = tone === 'urgent'
  manager.add({
    title,
    description,
    data: { tone, requestId },
    priority: isFailure ? 'high' : 'low',
    timeout: isFailure ? 0 : 8_000,
  })
}

/** Makes `notify` visible; once, around the desk. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <BaseToast.Provider toastManager={manager} limit={4}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-2rem)] flex-col gap-2 max-md:top-14 max-md:bottom-auto sm:w-88">
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  )
}

const icons: Record<NoticeTone, { icon: LucideIcon; className: string }> = {
  positive: { icon: CircleCheck, className: 'text-positive' },
  info: { icon: Info, className: 'text-info' },
  urgent: { icon: CircleAlert, className: 'text-urgent' },
}

function ToastList() {
  const { toasts } = BaseToast.useToastManager<NoticeData>()
  return toasts.map((toast) => {
    const { icon: Icon, className } = icons[toast.data?.tone ?? 'info']
    return (
      <BaseToast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['right', 'up']}
        className={classNames(
          popupStyle,
          'flex gap-2.5 p-3 transition-[opacity,translate] duration-150',
          'data-[ending-style]:opacity-0 data-[starting-style]:translate-y-2 data-[starting-style]:opacity-0',
        )}
      >
        <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', className)} />
        <BaseToast.Content className="flex min-w-0 flex-1 flex-col gap-0.5 wrap-anywhere">
          <BaseToast.Title className="font-medium" />
          <BaseToast.Description className="text-ink-muted text-sm" />
          {toast.data?.requestId && <Copyable text={toast.data.requestId} label="Stripe request id" />}
        </BaseToast.Content>
        <BaseToast.Close render={<IconButton label="Dismiss" size="small" icon={<X aria-hidden />} />} />
      </BaseToast.Root>
    )
  })
}
