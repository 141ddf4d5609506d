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
import { createCustomerAction } from '@/lib/actions/customers'
import { createCustomerInput } from '@/lib/domain/customer-input'

type Values = { name: string; email: string; description: string }

const toInput = ({ name, email, description }: Values) => ({
  name,
  ...(email.trim() !== '' && { email: email.trim() }),
  ...(description.trim() !== '' && { description }),
})

/** The button and the form behind it. What was typed stays when the form is closed by mistake. */
export function NewCustomer() {
  const [isOpen, setIsOpen] = useState(false)
  const router = useRouter()
  const form = useForm<Values>({
    defaultValues: { name: '', email: '', description: '' },
    resolver: inputResolver(createCustomerInput, toInput),
  })
  const operation = useOperation(createCustomerAction)
  const { errors } = form.formState

  async function handleCreate(values: Values) {
    const answer = await operation.run(toInput(values))
    if (!answer.ok) return showFieldErrors(form, answer.error)
    const { customerId, receipt } = answer.value
    notify({
      tone: 'positive',
      title: `${values.name} is added to the customers`,
      requestId: receipt.requestId,
    })
    router.push(`/customers/${customerId}`)
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        New customer
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="New customer"
        submitLabel="Create customer"
        operation={operation}
        onSubmit={form.handleSubmit(handleCreate)}
      >
        <Field
          label="Name"
          error={errors.name?.message}
          description="A company or a person, as printed on invoices."
        >
          <TextInput autoComplete="off" {...form.register('name')} />
        </Field>
        <Field
          label="E-mail address"
          isOptional
          error={errors.email?.message}
          description="Invoices are sent there. Without it they can be finalized, but not sent."
        >
          <TextInput type="email" autoComplete="off" {...form.register('email')} />
        </Field>
        <Field
          label="Description"
          isOptional
          error={errors.description?.message}
          description="For your team, not for the customer."
        >
          <Textarea rows={2} {...form.register('description')} />
        </Field>
      </FormDialog>
    </>
  )
}
