'use client'

import { Plus } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { mostLines } from '@/lib/domain/invoice-input'
import { EditorLine, lineGrid } from './editor-line'
import { blankLine, type EditorValues, isBlank } from './editor-values'

/** The lines as a grid: Enter adds a line beneath, Tab leaves the last cell into a new line. */
export function EditorLines({ isLocked }: { isLocked: boolean }) {
  const { control, getValues, setFocus, formState } = useFormContext<EditorValues>()
  const { fields, insert, remove } = useFieldArray({ control, name: 'lines' })
  const isFull = fields.length >= mostLines

  function addBelow(index: number, line = blankLine) {
    if (isFull) return
    insert(index + 1, { ...line }, { focusName: `lines.${index + 1}.price` })
  }

  function removeLine(index: number) {
    remove(index)
    if (fields.length === 1) insert(0, { ...blankLine })
    else setFocus(`lines.${Math.max(0, index - 1)}.description`)
  }

  function handleKeyDown(event: KeyboardEvent<HTMLElement>, index: number) {
    if (!(event.target instanceof HTMLInputElement) || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const line = getValues(`lines.${index}`)
    const lastCell = `lines.${index}.${line.price === null ? 'unitAmount' : 'quantity'}`
    // A blank last line lets Tab pass, or the keyboard could never leave the grid.
    const opensNewLine =
      event.key === 'Tab' && event.target.name === lastCell && index === fields.length - 1 && !isBlank(line)
    const isEnter = event.key === 'Enter' && event.target.name.startsWith('lines.')
    if (isFull || !(opensNewLine || isEnter)) return
    event.preventDefault()
    addBelow(index)
  }

  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">Lines</legend>
      <div aria-hidden className={`${lineGrid} border-b pb-1.5 text-ink-muted text-xs max-sm:hidden`}>
        <span>Item</span>
        <span className="text-right">Quantity</span>
        <span className="pr-2.5 text-right">Unit price</span>
        <span className="text-right">Amount</span>
      </div>
      {fields.map((field, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset per line would need a visible or hidden legend each.
        <div
          key={field.id}
          role="group"
          aria-label={`Line ${index + 1}`}
          className="border-b pb-3"
          onKeyDown={(event) => handleKeyDown(event, index)}
        >
          <EditorLine
            index={index}
            isLocked={isLocked}
            onDuplicate={() => addBelow(index, getValues(`lines.${index}`))}
            onRemove={() => removeLine(index)}
          />
        </div>
      ))}
      {formState.errors.lines?.root?.message !== undefined && (
        <p role="alert" className="text-sm text-urgent">
          {formState.errors.lines.root.message}
        </p>
      )}
      <div>
        <Button
          icon={<Plus aria-hidden />}
          onClick={() => addBelow(fields.length - 1)}
          {...(isFull && { disabledReason: `Stripe holds at most ${mostLines} lines on an invoice.` })}
        >
          Add line
        </Button>
      </div>
    </fieldset>
  )
}
