'use client'

import { Search } from 'lucide-react'
import { debounce, parseAsString, useQueryStates } from 'nuqs'
import { useTransition } from 'react'
import { Field } from '@/components/ui/field'
import { Spinner } from '@/components/ui/spinner'
import { TextInput } from '@/components/ui/text-input'

/** What is searched is in the URL (`q`); another search begins at the newest page again (`after` goes). */
const parameters = { q: parseAsString.withDefault(''), after: parseAsString }

/** A list's search field. What is typed shows at once, the list follows when the typing pauses. */
export function UrlSearch({ label, placeholder }: { label: string; placeholder: string }) {
  const [isSearching, startTransition] = useTransition()
  const [{ q }, setParameters] = useQueryStates(parameters, {
    shallow: false,
    startTransition,
    limitUrlUpdates: debounce(250),
  })
  return (
    <search className="w-full sm:max-w-80">
      <Field label={label} isLabelHidden>
        <TextInput
          type="search"
          value={q}
          placeholder={placeholder}
          autoComplete="off"
          icon={isSearching ? <Spinner /> : <Search />}
          onChange={(event) => setParameters({ q: event.currentTarget.value || null, after: null })}
        />
      </Field>
    </search>
  )
}
