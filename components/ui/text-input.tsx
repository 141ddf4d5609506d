'use client'

import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'
import { controlStyle } from './control-style'

export type TextInputProps = {
  /** `amount`: right-aligned tabular figures. `code`: monospaced. */
  look?: 'text' | 'amount' | 'code'
  /** A short unit inside the frame, such as a currency code. */
  suffix?: ReactNode
  /** An icon inside the frame, at its start. */
  icon?: ReactNode
} & Omit<ComponentProps<'input'>, 'className' | 'style' | 'color' | 'size'>

const looks: Record<NonNullable<TextInputProps['look']>, string> = {
  text: '',
  amount: 'text-right tabular-nums',
  code: 'font-mono text-sm',
}

export function TextInput({ look = 'text', suffix, icon, type = 'text', ...rest }: TextInputProps) {
  const input = (
    <Field.Control
      {...rest}
      type={type}
      className={classNames(
        controlStyle,
        looks[look],
        suffix !== undefined && 'pr-12',
        icon !== undefined && 'pl-8',
      )}
    />
  )
  if (suffix === undefined && icon === undefined) return input
  return (
    <span className="relative flex items-center">
      {icon !== undefined && (
        <span aria-hidden className="pointer-events-none absolute left-2.5 text-ink-muted [&_svg]:size-4">
          {icon}
        </span>
      )}
      {input}
      {suffix !== undefined && (
        <span aria-hidden className="pointer-events-none absolute right-2.5 text-ink-muted text-sm">
          {suffix}
        </span>
      )}
    </span>
  )
}
