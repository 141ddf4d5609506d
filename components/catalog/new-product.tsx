'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { FormDialog } from '@/components/shell/form-dialog'
import { inputResolver, showFieldErrors } from '@/components/shell/input-form'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { Textarea } from '@/components/ui/textarea'
import { notify } from '@/components/ui/toast'
import { createProductAction } from '@/lib/actions/catalog'
import { createProductInput } from '@/lib/domain/catalog-input'
import { AmountFields } from './amount-fields'

type Values = { name: string; description: string; price: { currency: string; amount: string } }

const empty: Values = { name: '', description: '', price: { currency: 'usd', amount: '' } }

const toInput = ({ name, description, price }: Values) => ({
  name,
  ...(description.trim() !== '' && { description }),
  ...(price.amount.trim() !== '' && { price }),
})

/** The button and the form behind it. What was typed stays when the form is closed by mistake. */
export function NewProduct() {
  const [isOpen, setIsOpen] = useState(false)
  const router = useRouter()
  const form = useForm<Values>({
    defaultValues: empty,
    resolver: inputResolver(createProductInput, toInput),
  })
  const operation = useOperation(createProductAction)
  const { errors } = form.formState

  async function handleCreate(values: Values) {
    const answer = await operation.run(toInput(values))
    if (!answer.ok) return showFieldErrors(form, answer.error)
    const { productId, receipt } = answer.value
    notify({ tone: 'positive', title: `${values.name} is in the catalog`, requestId: receipt.requestId })
    router.push(`/catalog/${productId}`)
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        New product
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="New product"
        submitLabel="Create product"
        operation={operation}
        onSubmit={form.handleSubmit(handleCreate)}
      >
        <Field label="Name" error={errors.name?.message} description="Printed on invoices.">
          <TextInput autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label="Description" isOptional error={errors.description?.message}>
          <Textarea rows={2} {...form.register('description')} />
        </Field>
        <AmountFields
          label="Unit price"
          isOptional
          amount={form.register('price.amount')}
          currency={form.register('price.currency')}
          amountError={errors.price?.amount?.message}
          currencyError={errors.price?.currency?.message}
        />
      </FormDialog>
    </>
  )
}
