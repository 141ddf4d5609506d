'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { TextLink } from '@/components/ui/text-link'
import type { CustomerChoice } from '@/lib/domain/customer-view'
import { customerQueries } from '@/lib/query/customer-queries'
import type { EditorValues } from './editor-values'
import { useDebounced } from './use-debounced'

const nameOf = ({ name, email, id }: CustomerChoice) => name ?? email ?? id

/** Whom the invoice bills. Choosing one takes over the currency in which they have been billed before. */
export function EditorCustomer({ isLocked }: { isLocked: boolean }) {
  const [search, setSearch] = useState('')
  const rested = useDebounced(search)
  const found = useQuery(customerQueries.choices({ search: rested }))
  const { control, setValue } = useFormContext<EditorValues>()
  const { field, fieldState } = useController({ control, name: 'customer' })

  function handleChoice(customer: CustomerChoice | null) {
    field.onChange(customer)
    if (customer?.currency) setValue('currency', customer.currency, { shouldDirty: true })
  }

  return (
    <Field
      label="Customer"
      error={fieldState.error?.message}
      description={
        field.value === null ? (
          <>
            Not there yet? <TextLink href="/customers">Create the customer</TextLink> first.
          </>
        ) : (
          standingOf(field.value)
        )
      }
    >
      <Combobox
        value={field.value}
        onValueChange={handleChoice}
        items={found.data ?? []}
        onQueryChange={setSearch}
        itemId={(customer) => customer.id}
        itemLabel={nameOf}
        renderItem={(customer) => <CustomerEntry customer={customer} />}
        isSearching={found.isFetching || rested !== search}
        searchError={found.isError ? 'The search failed. Type again to repeat it.' : undefined}
        emptyText="No customer matches."
        placeholder="Name or e-mail"
        isDisabled={isLocked}
        onBlur={field.onBlur}
        inputRef={field.ref}
      />
    </Field>
  )
}

/** What follows from the choice: where the invoice can be sent, and in which currency they are billed. */
function standingOf({ email, currency }: CustomerChoice): string {
  const mail = email ?? 'No e-mail address: the invoice can be finalized, but not sent'
  return currency === null ? mail : `${mail} · billed in ${currency.toUpperCase()} so far`
}

function CustomerEntry({ customer }: { customer: CustomerChoice }) {
  return (
    <span className="flex min-w-0 items-baseline justify-between gap-3">
      <span className="flex min-w-0 flex-col">
        <span className="truncate">{nameOf(customer)}</span>
        {customer.name !== null && customer.email !== null && (
          <span className="truncate text-ink-muted text-xs">{customer.email}</span>
        )}
      </span>
      <span className="shrink-0 text-ink-muted text-xs">{customer.currency?.toUpperCase()}</span>
    </span>
  )
}
