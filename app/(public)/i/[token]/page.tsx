import { notFound } from 'next/navigation'
import { findPublicInvoice } from '@/lib/share/find-public-invoice'
import { CustomerInvoice } from './customer-invoice'
import { Notice } from './notice'

/** The customer's page. The link outlives Stripe's own; what it shows is always the present state. */
export default async function CustomerPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const found = await findPublicInvoice(token)
  if (found === null) notFound()
  if ('revoked' in found) {
    return (
      <Notice title="This link is no longer available">
        It was withdrawn by the company that sent it. Ask them for a new link to your invoice.
      </Notice>
    )
  }
  if (found.invoice.state === 'not_yet') {
    return (
      <Notice title="Your invoice is not ready yet">
        It is still being prepared, and nothing is to be paid. Keep this link: the invoice appears here as
        soon as it is issued.
      </Notice>
    )
  }
  return <CustomerInvoice invoice={found.invoice} path={`/i/${encodeURIComponent(token)}`} />
}
