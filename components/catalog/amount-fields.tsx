'use client'

import type { UseFormRegisterReturn } from 'react-hook-form'
import { CurrencySelect } from '@/components/ui/currency-select'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'

type Props = {
  label: string
  isOptional?: boolean
  amount: UseFormRegisterReturn
  currency: UseFormRegisterReturn
  amountError: string | undefined
  currencyError: string | undefined
}

/** An amount and its currency, side by side: one means nothing without the other. */
export function AmountFields({
  label,
  isOptional = false,
  amount,
  currency,
  amountError,
  currencyError,
}: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-start gap-3">
      <Field
        label={label}
        isOptional={isOptional}
        error={amountError}
        description="Write 1234.56 or 1,234.56 or 1.234,56."
      >
        <TextInput look="amount" inputMode="decimal" autoComplete="off" {...amount} />
      </Field>
      <Field label="Currency" error={currencyError}>
        <CurrencySelect {...currency} />
      </Field>
    </div>
  )
}
