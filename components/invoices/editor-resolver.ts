import { toNestErrors } from '@hookform/resolvers'
import type { Resolver } from 'react-hook-form'
import { fieldSentence } from '@/lib/words/fields'
import { editorProblems } from './editor-errors'
import type { EditorValues } from './editor-values'

/** Lets the form be checked by the very schema that the action checks with. */
export const editorResolver: Resolver<EditorValues> = (values, _context, options) => {
  const problems = editorProblems(values)
  if (problems.size === 0) return { values, errors: {} }
  const flat = Object.fromEntries(
    [...problems].map(([field, reason]) => [field, { type: reason, message: fieldSentence(reason) }]),
  )
  return { values: {}, errors: toNestErrors<EditorValues>(flat, options) }
}
