'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import Link from 'next/link'
import { Fragment, type ReactElement, type ReactNode, useId } from 'react'
import { classNames } from './class-names'
import { popupStyle } from './popup-style'

export type MenuItem =
  | {
      kind: 'action'
      label: string
      icon?: ReactNode
      onSelect: () => void
      tone?: 'plain' | 'danger'
      /** Why it is off. It stays in the list and shows the sentence. */
      disabledReason?: string
    }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string; isExternal?: boolean }
  | { kind: 'choice'; label: string; isChosen: boolean; onSelect: () => void }
  | { kind: 'separator'; id: string }
  | { kind: 'heading'; id: string; content: ReactNode }

export type MenuProps = {
  /** The Button or IconButton that opens it. */
  trigger: ReactElement<Record<string, unknown>>
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

/** A list of actions and links. Arrow keys move, typing jumps, what is off says why. */
export function Menu({ trigger, items, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-none">
          <BaseMenu.Popup
            className={classNames(popupStyle, 'min-w-48 max-w-80 animate-arrive p-1 outline-none')}
          >
            {items.map((item) => (
              <Fragment key={item.kind === 'separator' || item.kind === 'heading' ? item.id : item.label}>
                <Entry item={item} />
              </Fragment>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

const entryStyle =
  'flex min-h-8 w-full select-none items-start gap-2 rounded-md px-2 py-1.5 outline-none data-[highlighted]:bg-hover ' +
  'max-md:min-h-10 max-md:items-center [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted'

function Entry({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case 'separator':
      return <BaseMenu.Separator className="my-1 border-t" />
    case 'heading':
      return <div className="px-2 py-1.5 text-ink-muted text-sm">{item.content}</div>
    case 'link':
      return (
        <BaseMenu.LinkItem
          className={entryStyle}
          closeOnClick
          {...(item.isExternal
            ? { href: item.href, target: '_blank', rel: 'noreferrer' }
            : { render: <Link href={item.href} prefetch={false} /> })}
        >
          {item.icon}
          {item.label}
        </BaseMenu.LinkItem>
      )
    case 'choice':
      return (
        <BaseMenu.CheckboxItem
          checked={item.isChosen}
          onCheckedChange={item.onSelect}
          closeOnClick
          className={entryStyle}
        >
          <span
            aria-hidden
            className={classNames(
              'mt-1.5 size-2 rounded-full',
              item.isChosen ? 'bg-accent' : 'bg-transparent',
            )}
          />
          {item.label}
        </BaseMenu.CheckboxItem>
      )
    case 'action':
      return <ActionEntry item={item} />
  }
}

function ActionEntry({ item }: { item: Extract<MenuItem, { kind: 'action' }> }) {
  const reasonId = useId()
  const isOff = item.disabledReason !== undefined
  return (
    <BaseMenu.Item
      label={item.label}
      aria-label={item.label}
      aria-describedby={isOff ? reasonId : undefined}
      disabled={isOff}
      onClick={item.onSelect}
      className={classNames(
        entryStyle,
        item.tone === 'danger' && !isOff && 'text-urgent [&_svg]:text-urgent',
        isOff && 'text-ink-muted',
      )}
    >
      {item.icon}
      <span className="flex flex-col">
        {item.label}
        {isOff && (
          <span id={reasonId} className="text-xs">
            {item.disabledReason}
          </span>
        )}
      </span>
    </BaseMenu.Item>
  )
}
