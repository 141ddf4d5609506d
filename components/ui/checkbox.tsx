'use client'

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Field } from '@base-ui/react/field'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

export type CheckboxProps = {
  label: ReactNode
  isChecked: boolean
  onCheckedChange: (isChecked: boolean) => void
  name?: string
  isDisabled?: boolean
}

/** A choice with its own label; stands alone, without a Field around it. */
export function Checkbox({ label, isChecked, onCheckedChange, name, isDisabled = false }: CheckboxProps) {
  return (
    <Field.Root disabled={isDisabled}>
      <Field.Label className="flex min-h-6 items-start gap-2">
        <BaseCheckbox.Root
          name={name}
          checked={isChecked}
          onCheckedChange={onCheckedChange}
          className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-control bg-surface data-[checked]:border-accent data-[checked]:bg-accent data-[disabled]:bg-sunken data-[checked]:text-on-accent"
        >
          <BaseCheckbox.Indicator>
            <Check aria-hidden className="size-3.5" strokeWidth={3} />
          </BaseCheckbox.Indicator>
        </BaseCheckbox.Root>
        <span>{label}</span>
      </Field.Label>
    </Field.Root>
  )
}
