'use client'

import { Copy, Trash2 } from 'lucide-react'
import { useFormContext, useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Money } from '@/components/ui/money'
import { TextInput } from '@/components/ui/text-input'
import { lineAmount } from '@/lib/domain/invoice-totals'
import { formatUnitAmount } from '@/lib/domain/unit-amount'
import { EditorPrice } from './editor-price'
import { unitAmountOf } from './editor-totals'
import type { EditorValues } from './editor-values'

export const lineGrid =
  'grid items-start gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_5rem_8.5rem_6rem_2rem] max-sm:grid-cols-[5rem_minmax(0,1fr)_auto]'

export type EditorLineProps = {
  index: number
  isLocked: boolean
  onDuplicate: () => void
  onRemove: () => void
}

/** One line: what, how many, at which price. The keyboard is the grid's business. */
export function EditorLine({ index, isLocked, onDuplicate, onRemove }: EditorLineProps) {
  const { register, control, formState } = useFormContext<EditorValues>()
  const line = useWatch({ control, name: `lines.${index}` })
  const currency = useWatch({ control, name: 'currency' })
  const errors = formState.errors.lines?.[index]
  const unitAmount = unitAmountOf(line, currency)
  const amount = unitAmount === null ? null : lineAmount(unitAmount, line.quantity)

  return (
    <div className={lineGrid}>
      <div className="flex min-w-0 flex-col gap-2 max-sm:col-span-full">
        <EditorPrice index={index} isLocked={isLocked} />
        <Field label="Description" isLabelHidden error={errors?.description?.message}>
          <TextInput
            placeholder={line.price === null ? 'What is billed' : line.price.productName}
            autoComplete="off"
            {...register(`lines.${index}.description`)}
          />
        </Field>
      </div>
      <PhoneHeadings />
      <Field label="Quantity" isLabelHidden error={errors?.quantity?.message}>
        <TextInput
          look="amount"
          inputMode="decimal"
          autoComplete="off"
          {...register(`lines.${index}.quantity`)}
        />
      </Field>
      {line.price === null ? (
        <Field label="Unit price" isLabelHidden error={errors?.unitAmount?.message}>
          <TextInput
            look="amount"
            inputMode="decimal"
            autoComplete="off"
            placeholder="0.00"
            suffix={currency.toUpperCase()}
            {...register(`lines.${index}.unitAmount`)}
          />
        </Field>
      ) : (
        <p className="py-1.5 pr-2.5 text-right tabular-nums max-md:py-2.5">
          {unitAmount === null ? '—' : formatUnitAmount(unitAmount, line.price.currency)}
        </p>
      )}
      <p className="py-1.5 text-right font-medium max-md:py-2.5">
        <Money minor={amount} currency={currency} />
      </p>
      <div className="flex justify-end gap-2 max-sm:col-span-full sm:flex-col">
        <IconButton label={`Duplicate line ${index + 1}`} icon={<Copy aria-hidden />} onClick={onDuplicate} />
        <IconButton label={`Remove line ${index + 1}`} icon={<Trash2 aria-hidden />} onClick={onRemove} />
      </div>
    </div>
  )
}

/** The grid's column headings, where there is no room for one row of them above all lines. */
function PhoneHeadings() {
  return (
    <div aria-hidden className="contents text-ink-muted text-xs *:-mb-1 sm:hidden">
      <span>Quantity</span>
      <span>Unit price</span>
      <span className="text-right">Amount</span>
    </div>
  )
}
