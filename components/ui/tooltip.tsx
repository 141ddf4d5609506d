'use client'

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip'
import { type ReactElement, useId } from 'react'

export type TooltipProps = {
  text: string
  /** The one focusable element that the text belongs to. */
  children: ReactElement<Record<string, unknown>>
  /** The text repeats the element's name: do not announce it a second time. */
  isName?: boolean
}

/** A sentence about one control, on hover and on focus. Never the only place for something that must be known. */
export function Tooltip({ text, children, isName = false }: TooltipProps) {
  const id = useId()
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} {...(isName ? {} : { 'aria-describedby': id })} />
      {!isName && (
        <span id={id} hidden>
          {text}
        </span>
      )}
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-72 animate-arrive rounded-md bg-ink px-2 py-1 text-paper text-sm shadow-float">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  )
}
