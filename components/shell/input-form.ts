import { toNestErrors } from '@hookform/resolvers'
import type { FieldPath, FieldValues, Resolver, UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { fieldSentence } from '@/lib/words/fields'
import type { OperationError } from './use-operation'

/** Stands in for the id that is minted when the form is sent, so that the action's own schema checks the form. */
const anyOperationId = '00000000-0000-4000-8000-000000000000'

/**
 * Checks a form by the very schema that its action checks with. `toInput` turns what the form holds into the action's
 * input without its operation id; fields of both have the same paths.
 */
export function inputResolver<Values extends FieldValues>(
  schema: z.ZodType,
  toInput: (values: Values) => object,
): Resolver<Values> {
  return (values, _context, options) => {
    const { error } = schema.safeParse({ ...toInput(values), operationId: anyOperationId })
    if (!error) return { values, errors: {} }
    const flat = Object.fromEntries(
      error.issues.map(({ path, message }) => [
        path.join('.'),
        { type: message, message: fieldSentence(message) },
      ]),
    )
    return { values: {}, errors: toNestErrors<Values>(flat, options) }
  }
}

/** Puts what the server found beside the fields it found it in. */
export function showFieldErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: OperationError,
): void {
  if (error.code === 'page_outdated') return
  for (const [path, reason] of Object.entries(error.fields ?? {})) {
    form.setError(path as FieldPath<Values>, { type: reason, message: fieldSentence(reason) })
  }
}
