'use client'

import { Button } from '@/components/ui/button'

const rights: Record<string, string> = {
  admin: 'may do everything',
  biller: 'writes and sends invoices',
  viewer: 'only looks',
}

type Props = {
  people: { email: string; name: string; role: string }[]
  isBusy: boolean
  onPick: (email: string) => void
}

/** With the sandbox there is nothing to protect: one press signs in as somebody. */
export function DemoSignIns({ people, isBusy, onPick }: Props) {
  return (
    <section aria-label="Demo sign-ins" className="flex flex-col gap-3 border-t pt-4">
      <p className="text-ink-muted text-sm">This desk runs against the sandbox. Look around as</p>
      <ul className="flex flex-col gap-2">
        {people.map((person) => (
          <li key={person.email} className="flex items-center justify-between gap-3">
            <span className="flex min-w-0 flex-col">
              <span className="truncate">{person.email}</span>
              <span className="text-ink-muted text-sm">{rights[person.role] ?? person.role}</span>
            </span>
            <Button
              disabled={isBusy}
              aria-label={`Sign in as ${person.email}`}
              onClick={() => onPick(person.email)}
            >
              Sign in
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
