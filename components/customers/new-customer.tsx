'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { inputResolver, showFieldErrors } from '@/components/shell/input-form'
import { OperationFailure } from '@/components/shell/operation-failure'
import { useOperation } from '@/components/shell/use-operation'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
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
    notify({ tone: 'positive', title: `${values.name} is a customer now`, requestId: receipt.requestId })
    router.push(`/customers/${customerId}`)
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        New customer
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="New customer"
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button
              type="submit"
              form="new-customer"
              variant="primary"
              state={operation.state === 'pending' ? 'pending' : 'idle'}
            >
              Create customer
            </Button>
          </>
        }
      >
        <form
          id="new-customer"
          noValidate
          onSubmit={form.handleSubmit(handleCreate)}
          className="flex flex-col gap-4"
        >
          {operation.state === 'error' && <OperationFailure error={operation.error} />}
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
        </form>
      </Dialog>
    </>
  )
}
