'use client'

import { useRouter } from 'next/navigation'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import {
  type ActivityFilters,
  formatActivityFilters,
  parseActivityFilters,
} from '@/lib/domain/activity-filters'
import type { Person } from '@/lib/domain/activity-view'

const kinds = [
  { value: '', label: 'Everything' },
  { value: 'invoice', label: 'Invoices' },
  { value: 'customer', label: 'Customers' },
  { value: 'product', label: 'Products' },
  { value: 'price', label: 'Prices' },
  { value: 'share_link', label: 'Customers’ links' },
]
const outcomes = [
  { value: '', label: 'Done or refused' },
  { value: 'failed', label: 'Refused only' },
]

/** Narrows the activity to a person, to what was acted on, and to what was refused. The choice is in the URL. */
export function ActivityFilter({ filters, people }: { filters: ActivityFilters; people: readonly Person[] }) {
  const router = useRouter()
  const everybody = [
    { value: '', label: 'Everybody' },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const choices = [
    { name: 'by', label: 'Person', options: everybody, value: filters.by },
    { name: 'on', label: 'Acted on', options: kinds, value: filters.on },
    { name: 'outcome', label: 'Outcome', options: outcomes, value: filters.outcome },
  ]
  const choose = (name: string, value: string) => {
    const chosen = choices.map((choice) => [choice.name, choice.name === name ? value : (choice.value ?? '')])
    const wanted = parseActivityFilters({ q: filters.search, ...Object.fromEntries(chosen) })
    router.push(`/activity${formatActivityFilters(wanted)}`)
  }
  return (
    <div className="grid w-full gap-3 max-sm:grid-cols-2 sm:w-auto sm:grid-flow-col">
      {choices.map(({ name, label, options, value }) => (
        <Field key={name} label={label} isLabelHidden>
          <Select
            options={options}
            value={value ?? ''}
            onChange={(event) => choose(name, event.currentTarget.value)}
          />
        </Field>
      ))}
    </div>
  )
}
