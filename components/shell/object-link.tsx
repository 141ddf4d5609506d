import { TextLink } from '@/components/ui/text-link'

const pages: Record<string, string> = { in: '/invoices', cus: '/customers', prod: '/catalog' }

/** The id of an object of Stripe's. It leads to the object's page, where there is one. */
export function ObjectLink({ id }: { id: string | null }) {
  if (id === null) return <span className="text-ink-muted">—</span>
  const page = pages[id.split('_')[0] ?? '']
  const text = <span className="wrap-anywhere font-mono text-sm">{id}</span>
  return page === undefined ? text : <TextLink href={`${page}/${id}`}>{text}</TextLink>
}
