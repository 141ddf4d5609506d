'use client'

import { Field as BaseField } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type FieldProps = {
  label: string
  /** One control: TextInput, Textarea, Select, Combobox or Checkbox. Its name, description and error are wired to it. */
  children: ReactNode
  description?: ReactNode
  /** The sentence beside the field; anything but undefined marks the control invalid. */
  error?: string | undefined
  isOptional?: boolean
  /** Keeps the label for screen readers only, where a column heading already says it. */
  isLabelHidden?: boolean
}

/** Names, describes and announces one control. Works with react-hook-form: `<TextInput {...form.register('name')} />`. */
export function Field({
  label,
  children,
  description,
  error,
  isOptional = false,
  isLabelHidden = false,
}: FieldProps) {
  return (
    <BaseField.Root invalid={error !== undefined} className="flex min-w-0 flex-col gap-1">
      <BaseField.Label className={isLabelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
        {isOptional && <span className="font-normal text-ink-muted"> · optional</span>}
      </BaseField.Label>
      {children}
      {description !== undefined && (
        <BaseField.Description className="text-ink-muted text-sm">{description}</BaseField.Description>
      )}
      {error !== undefined && (
        <BaseField.Error match className="flex gap-1.5 text-sm text-urgent">
          <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
          <span>{error}</span>
        </BaseField.Error>
      )}
    </BaseField.Root>
  )
}
