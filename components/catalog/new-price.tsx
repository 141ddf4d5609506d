'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { FormDialog } from '@/components/shell/form-dialog'
import { inputResolver, showFieldErrors } from '@/components/shell/input-form'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { notify } from '@/components/ui/toast'
import { createPriceAction } from '@/lib/actions/catalog'
import { createPriceInput } from '@/lib/domain/catalog-input'
import { AmountFields } from './amount-fields'

type Values = { productId: string; currency: string; amount: string; nickname: string; isDefault: boolean }

const toInput = ({ nickname, ...price }: Values) => ({
  ...price,
  ...(nickname.trim() !== '' && { nickname }),
})

/** A price never changes its amount in Stripe: another price is another object. */
export function NewPrice({ productId }: { productId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const queryClient = useQueryClient()
  const form = useForm<Values>({
    defaultValues: { productId, currency: 'usd', amount: '', nickname: '', isDefault: false },
    resolver: inputResolver(createPriceInput, toInput),
  })
  const operation = useOperation(createPriceAction)
  const { errors } = form.formState

  async function handleCreate(values: Values) {
    const answer = await operation.run(toInput(values))
    if (!answer.ok) return showFieldErrors(form, answer.error)
    await queryClient.invalidateQueries({ queryKey: ['catalog'] })
    notify({
      tone: 'positive',
      title: 'The price is in the catalog',
      requestId: answer.value.receipt.requestId,
    })
    form.reset()
    setIsOpen(false)
  }

  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        Add a price
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="Add a price"
        description="An amount cannot be changed later. To change what something costs, add a price and archive the old one."
        submitLabel="Add price"
        operation={operation}
        onSubmit={form.handleSubmit(handleCreate)}
      >
        <AmountFields
          label="Unit price"
          amount={form.register('amount')}
          currency={form.register('currency')}
          amountError={errors.amount?.message}
          currencyError={errors.currency?.message}
        />
        <Field
          label="Note"
          isOptional
          error={errors.nickname?.message}
          description="For your team, not for customers."
        >
          <TextInput autoComplete="off" {...form.register('nickname')} />
        </Field>
        <Controller
          control={form.control}
          name="isDefault"
          render={({ field }) => (
            <Checkbox
              label="Make it the product’s default price"
              isChecked={field.value}
              onCheckedChange={field.onChange}
            />
          )}
        />
      </FormDialog>
    </>
  )
}
