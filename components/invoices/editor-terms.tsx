'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { CurrencySelect } from '@/components/ui/currency-select'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextInput } from '@/components/ui/text-input'
import { currencyNotice } from '@/lib/words/consequences'
import { type EditorValues, termChoices } from './editor-values'

/** In which currency, and when it is due. */
export function EditorTerms() {
  const { register, control, formState } = useFormContext<EditorValues>()
  const terms = useWatch({ control, name: 'terms' })
  const [customer, currency] = useWatch({ control, name: ['customer', 'currency'] })
  const { errors } = formState
  const notice = currencyNotice(customer?.currency ?? null, currency)
  return (
    <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3">
      <Field label="Currency" error={errors.currency?.message}>
        <CurrencySelect {...register('currency')} />
      </Field>
      <Field label="Due" error={errors.terms?.message}>
        <Select options={termChoices} {...register('terms')} />
      </Field>
      {terms === 'other' && (
        <Field label="Days until due" error={errors.otherDays?.message}>
          <TextInput inputMode="numeric" autoComplete="off" suffix="days" {...register('otherDays')} />
        </Field>
      )}
      {notice !== null && <p className="col-span-full text-sm text-warning">{notice}</p>}
    </div>
  )
}
