'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export type ButtonProps = {
  children: ReactNode
  /** One `primary` per view; `danger` only for what cannot be undone. */
  variant?: ButtonVariant
  size?: ButtonSize
  /** `pending` blocks further presses at once and shows a spinner when it lasts. */
  state?: 'idle' | 'pending'
  icon?: ReactNode
  /** Why it is off. The button stays visible and focusable, and says so. */
  disabledReason?: string
} & Pick<
  ComponentProps<'button'>,
  | 'type'
  | 'onClick'
  | 'disabled'
  | 'form'
  | 'name'
  | 'value'
  | 'ref'
  | 'id'
  | 'aria-label'
  | 'aria-describedby'
>

export function Button({
  children,
  variant = 'secondary',
  size = 'medium',
  state = 'idle',
  icon,
  disabledReason,
  disabled = false,
  type = 'button',
  ...rest
}: ButtonProps) {
  const isPending = state === 'pending'
  const button = (
    <BaseButton
      {...rest}
      type={type}
      disabled={disabled || isPending || disabledReason !== undefined}
      focusableWhenDisabled={isPending || disabledReason !== undefined}
      aria-busy={isPending || undefined}
      className={buttonStyle(variant, size)}
    >
      {isPending ? <Spinner /> : icon}
      {children}
    </BaseButton>
  )
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>
}
