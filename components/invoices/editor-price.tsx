'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useController, useFormContext, useWatch } from 'react-hook-form'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import type { PriceChoice } from '@/lib/domain/catalog-view'
import { formatUnitAmount } from '@/lib/domain/unit-amount'
import { catalogQueries } from '@/lib/query/catalog-queries'
import type { EditorValues } from './editor-values'
import { useDebounced } from './use-debounced'

const labelOf = ({ productName, nickname }: PriceChoice) =>
  nickname === null ? productName : `${productName} · ${nickname}`

/** Picks a price of the invoice's currency from the catalog; left empty, the line is a one-off amount. */
export function EditorPrice({ index, isLocked }: { index: number; isLocked: boolean }) {
  const [search, setSearch] = useState('')
  const rested = useDebounced(search)
  const { control } = useFormContext<EditorValues>()
  const currency = useWatch({ control, name: 'currency' })
  const { field, fieldState } = useController({ control, name: `lines.${index}.price` })
  const found = useQuery(catalogQueries.prices({ search: rested, currency }))
  return (
    <Field label="Price from the catalog" isLabelHidden error={fieldState.error?.message}>
      <Combobox
        value={field.value}
        onValueChange={field.onChange}
        items={found.data ?? []}
        onQueryChange={setSearch}
        itemId={(price) => price.id}
        itemLabel={labelOf}
        renderItem={(price) => <PriceEntry price={price} />}
        isSearching={found.isFetching || rested !== search}
        searchError={found.isError ? 'The search failed. Type again to repeat it.' : undefined}
        emptyText={`No price in ${currency.toUpperCase()} matches. Leave it empty for a one-off amount.`}
        placeholder="Price, or leave empty"
        isDisabled={isLocked}
        onBlur={field.onBlur}
        inputRef={field.ref}
      />
    </Field>
  )
}

function PriceEntry({ price }: { price: PriceChoice }) {
  const { unitAmountDecimal, currency } = price
  return (
    <span className="flex min-w-0 items-baseline justify-between gap-3">
      <span className="truncate">{labelOf(price)}</span>
      <span className="shrink-0 text-ink-muted tabular-nums">
        {unitAmountDecimal === null ? '—' : formatUnitAmount(unitAmountDecimal, currency)}
      </span>
    </span>
  )
}
