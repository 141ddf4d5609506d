'use client'

import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { Check, ChevronDown, X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { classNames } from './class-names'
import { controlStyle } from './control-style'
import { popupStyle } from './popup-style'
import { Spinner } from './spinner'

export type ComboboxProps<Item> = {
  value: Item | null
  onValueChange: (item: Item | null) => void
  /** What the search found for the present query; the caller searches (and debounces). */
  items: readonly Item[]
  /** What is typed; `''` when the list opens fresh or a choice was made. */
  onQueryChange: (query: string) => void
  itemId: (item: Item) => string
  /** One line of text: stands in the field when chosen. */
  itemLabel: (item: Item) => string
  /** A richer entry for the list. */
  renderItem?: (item: Item) => ReactNode
  isSearching?: boolean
  /** What the list says when the search failed. */
  searchError?: string | undefined
  emptyText?: string
  placeholder?: string
  isDisabled?: boolean
  onBlur?: () => void
  inputRef?: Ref<HTMLInputElement>
}

/** Picks one of many by typing; what is searched may lie on a server. */
export function Combobox<Item>(props: ComboboxProps<Item>) {
  const { value, onValueChange, items, onQueryChange, itemId, itemLabel } = props
  return (
    <BaseCombobox.Root
      items={withChosen(items, value, itemId)}
      filter={null}
      value={value}
      disabled={props.isDisabled}
      itemToStringLabel={itemLabel}
      isItemEqualToValue={(item, chosen) => itemId(item) === itemId(chosen)}
      onValueChange={(item) => {
        onValueChange(item)
        onQueryChange('')
      }}
      onInputValueChange={(query, { reason }) => onQueryChange(reason === 'input-change' ? query : '')}
    >
      <BaseCombobox.InputGroup className="relative flex items-center">
        <BaseCombobox.Input
          ref={props.inputRef}
          placeholder={props.placeholder}
          onBlur={props.onBlur}
          className={classNames(controlStyle, 'pr-16')}
        />
        <BaseCombobox.Clear
          aria-label="Clear"
          className="absolute right-8 grid size-6 place-items-center rounded-sm text-ink-muted hover:bg-hover"
        >
          <X aria-hidden className="size-4" />
        </BaseCombobox.Clear>
        <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-ink-muted" />
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner align="start" sideOffset={4} className="z-50 outline-none">
          <Choices {...props} />
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  )
}

/** The chosen item stays in the list although the present search does not find it; otherwise it could not be shown as chosen. */
function withChosen<Item>(
  items: readonly Item[],
  chosen: Item | null,
  itemId: (item: Item) => string,
): Item[] {
  if (chosen === null || items.some((item) => itemId(item) === itemId(chosen))) return [...items]
  return [...items, chosen]
}

function Choices<Item>({
  itemId,
  itemLabel,
  renderItem = itemLabel,
  isSearching = false,
  searchError,
  emptyText = 'Nothing matches.',
}: ComboboxProps<Item>) {
  return (
    <BaseCombobox.Popup
      aria-busy={isSearching || undefined}
      className={classNames(
        popupStyle,
        'max-h-[min(20rem,var(--available-height))] w-[max(var(--anchor-width),24rem)] max-w-[var(--available-width)] animate-arrive overflow-y-auto overscroll-contain p-1',
      )}
    >
      <BaseCombobox.Status className="flex items-center gap-2 px-2 py-1 text-ink-muted text-sm empty:hidden">
        {isSearching && (
          <>
            <Spinner /> Searching…
          </>
        )}
        {!isSearching && searchError}
      </BaseCombobox.Status>
      <BaseCombobox.Empty className="px-2 py-1 text-ink-muted text-sm empty:hidden">
        {!isSearching && searchError === undefined && emptyText}
      </BaseCombobox.Empty>
      <BaseCombobox.List>
        {(item: Item) => (
          <BaseCombobox.Item
            key={itemId(item)}
            value={item}
            className="flex min-h-8 select-none items-center justify-between gap-2 rounded-md px-2 py-1 outline-none data-[highlighted]:bg-hover max-md:min-h-10"
          >
            <span className="min-w-0 flex-1">{renderItem(item)}</span>
            <BaseCombobox.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent" />
            </BaseCombobox.ItemIndicator>
          </BaseCombobox.Item>
        )}
      </BaseCombobox.List>
    </BaseCombobox.Popup>
  )
}
