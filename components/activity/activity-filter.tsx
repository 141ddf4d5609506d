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
  const choose = (name: 'by' | 'on' | 'outcome', value: string) => {
    const { search: q, by, on, outcome } = filters
    const wanted = { q, by, on, outcome, [name]: value }
    router.push(`/activity${formatActivityFilters(parseActivityFilters(withoutNulls(wanted)))}`)
  }
  return (
    <div className="grid w-full gap-3 max-sm:grid-cols-2 sm:w-auto sm:grid-flow-col">
      <Field label="Person" isLabelHidden>
        <Select
          options={everybody}
          value={filters.by ?? ''}
          onChange={(event) => choose('by', event.currentTarget.value)}
        />
      </Field>
      <Field label="Acted on" isLabelHidden>
        <Select
          options={kinds}
          value={filters.on ?? ''}
          onChange={(event) => choose('on', event.currentTarget.value)}
        />
      </Field>
      <Field label="Outcome" isLabelHidden>
        <Select
          options={outcomes}
          value={filters.outcome ?? ''}
          onChange={(event) => choose('outcome', event.currentTarget.value)}
        />
      </Field>
    </div>
  )
}

function withoutNulls(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== null),
  )
}
