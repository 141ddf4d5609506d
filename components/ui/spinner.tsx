import { LoaderCircle } from 'lucide-react'

/** Turns only when work takes longer than 350 ms, so that quick answers do not flicker. Decorative: the words beside it speak. */
export function Spinner() {
  return (
    <span aria-hidden className="inline-flex animate-late">
      <LoaderCircle className="size-3.5 animate-spin" />
    </span>
  )
}
