'use client'

import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { classNames } from './class-names'
import { controlStyle } from './control-style'

export type TextareaProps = Omit<ComponentProps<'textarea'>, 'className' | 'style'>

/** Grows with its text where the browser can. */
export function Textarea({ rows = 3, ...rest }: TextareaProps) {
  return (
    <Field.Control
      render={
        <textarea
          {...rest}
          rows={rows}
          className={classNames(
            controlStyle,
            'field-sizing-content h-auto min-h-16 resize-y py-1.5 max-md:h-auto',
          )}
        />
      }
    />
  )
}
