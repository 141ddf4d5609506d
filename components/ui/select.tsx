'use client'

import { Field } from '@base-ui/react/field'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'
import { controlStyle } from './control-style'

type SelectOption = { value: string; label: string }

export type SelectProps = {
  options: readonly SelectOption[]
} & Omit<ComponentProps<'select'>, 'className' | 'style' | 'children' | 'multiple' | 'size'>

/** A short closed choice. The platform's own list, which phones and screen readers know best; long lists are a Combobox. */
export function Select({ options, ...rest }: SelectProps) {
  return (
    <span className="relative flex items-center">
      <Field.Control
        render={
          <select {...rest} className={classNames(controlStyle, 'appearance-none pr-8')}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        }
      />
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-ink-muted" />
    </span>
  )
}
