'use client'

import { currencies } from '@/lib/domain/money'
import { Select, type SelectProps } from './select'

const options = currencies.map((code) => ({ value: code, label: code.toUpperCase() }))

/** Every currency that Stripe charges in, by its code: typing the first letters finds one. */
export function CurrencySelect(props: Omit<SelectProps, 'options'>) {
  return <Select {...props} options={options} />
}
