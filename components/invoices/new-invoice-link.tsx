import { LinkButton } from '@/components/ui/link-button'

/** To the editor, with the customer already chosen where the list is about one. */
export function NewInvoiceLink({ customerId }: { customerId: string | null }) {
  const query = customerId === null ? '' : `?customer=${customerId}`
  return (
    <LinkButton variant="primary" href={`/invoices/new${query}`}>
      New invoice
    </LinkButton>
  )
}
