'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style'
import { Tooltip } from './tooltip'

export type IconButtonProps = {
  /** Its accessible name, and what the tooltip says. */
  label: string
  icon: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
} & Pick<ComponentProps<'button'>, 'type' | 'onClick' | 'disabled' | 'ref'>

export function IconButton({
  label,
  icon,
  variant = 'quiet',
  size = 'medium',
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} isName>
      <BaseButton {...rest} type={type} aria-label={label} className={buttonStyle(variant, size, true)}>
        {icon}
      </BaseButton>
    </Tooltip>
  )
}
