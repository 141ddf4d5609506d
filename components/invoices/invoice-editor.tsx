'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { OperationFailure } from '@/components/shell/operation-failure'
import { useOperation } from '@/components/shell/use-operation'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { createInvoiceAction } from '@/lib/actions/invoices'
import type { CustomerChoice } from '@/lib/domain/customer-view'
import type { CreatedInvoice } from '@/lib/domain/invoice-view'
import { fieldSentence } from '@/lib/words/fields'
import { announceCreated } from './announce-created'
import { EditorActions } from './editor-actions'
import { EditorConfirm } from './editor-confirm'
import { EditorCustomer } from './editor-customer'
import { editorField } from './editor-errors'
import { EditorLines } from './editor-lines'
import { EditorPreview } from './editor-preview'
import { editorResolver } from './editor-resolver'
import { EditorStopped } from './editor-stopped'
import { EditorTerms } from './editor-terms'
import { type EditorValues, startingValues, toInvoiceInput } from './editor-values'
import { useLeaveWarning } from './use-leave-warning'

/** Writes a new invoice. Nothing exists before a button is pressed, and one press makes one invoice. */
export function InvoiceEditor({ customer }: { customer: CustomerChoice | null }) {
  const router = useRouter()
  const form = useForm<EditorValues>({ defaultValues: startingValues(customer), resolver: editorResolver })
  const operation = useOperation(createInvoiceAction)
  const [isAsking, setIsAsking] = useState(false)
  const isStopped = operation.state === 'success' && operation.value.stopped?.at === 'lines'
  // After success the page is on its way out; a late second press must find nothing to press.
  const isWaiting = operation.state === 'pending' || operation.state === 'checking'
  const isBusy = isWaiting || (operation.state === 'success' && !isStopped)
  const isLocked = isBusy || operation.isUnsettled
  useLeaveWarning(form.formState.isDirty && !isBusy)

  function handlePress(until: EditorValues['until']) {
    form.setValue('until', until)
    void form.handleSubmit(() => (until === 'draft' ? create() : setIsAsking(true)))()
  }

  async function create() {
    const answer = await operation.run(toInvoiceInput(form.getValues()))
    if (answer.ok) return leaveFor(answer.value)
    if (answer.error.code !== 'invalid_input') return
    setIsAsking(false)
    showFieldErrors(answer.error.fields ?? {})
  }

  /** To the invoice's page; but with lines that Stripe refused one stays, or what was typed would be lost. */
  function leaveFor(created: CreatedInvoice) {
    if (created.stopped?.at === 'lines') return setIsAsking(false)
    announceCreated(created)
    const query = created.stopped === null ? '' : `?stopped=${created.stopped.at}`
    router.push(`/invoices/${created.invoiceId}${query}`)
  }

  function showFieldErrors(fields: Record<string, string>) {
    for (const [path, reason] of Object.entries(fields)) {
      const field = editorField(path, form.getValues())
      if (field !== null) form.setError(field, { message: fieldSentence(reason) }, { shouldFocus: true })
    }
  }

  function handleKeyDown(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || isLocked) return
    if (event.key !== 's' && event.key !== 'Enter') return
    event.preventDefault()
    handlePress(event.key === 's' ? 'draft' : 'sent')
  }

  return (
    <FormProvider {...form}>
      <form
        noValidate
        aria-label="New invoice"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={handleKeyDown}
        className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,4fr)] lg:grid-rows-[auto_1fr]"
      >
        <fieldset disabled={isLocked} className="flex min-w-0 flex-col gap-6">
          <EditorCustomer isLocked={isLocked} />
          <EditorTerms />
          <EditorLines isLocked={isLocked} />
          <Field label="Memo" isOptional description="Shown to the customer on the invoice, below the lines.">
            <Textarea {...form.register('memo')} />
          </Field>
        </fieldset>
        <div className="min-w-0 lg:sticky lg:top-6 lg:row-span-2">
          <EditorPreview />
        </div>
        <div className="flex flex-col gap-4">
          {operation.error !== null && !isAsking && <OperationFailure error={operation.error} />}
          {isStopped && <EditorStopped created={operation.value} />}
          <EditorActions
            isBusy={isBusy && !isAsking}
            isUnsettled={operation.isUnsettled}
            onPress={handlePress}
          />
        </div>
      </form>
      <EditorConfirm
        isOpen={isAsking}
        operation={operation}
        onConfirm={create}
        onClose={() => setIsAsking(false)}
      />
    </FormProvider>
  )
}
