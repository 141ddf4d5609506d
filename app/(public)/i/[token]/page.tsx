import { notFound } from 'next/navigation'
import { Banner } from '@/components/ui/banner'
import { findPublicInvoice } from '@/lib/share/find-public-invoice'
import { CustomerInvoice } from './customer-invoice'
import { Notice } from './notice'

type Props = {
  params: Promise<{ token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The customer's page. The link outlives Stripe's own; what it shows is always the present state. */
export default async function CustomerPage({ params, searchParams }: Props) {
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
  const { notice } = await searchParams
  return (
    <>
      {notice === 'stripe_unavailable' && (
        <Banner tone="warning" title="The payment page cannot be opened right now">
          Nothing was charged. Try again in a few minutes.
        </Banner>
      )}
      <CustomerInvoice invoice={found.invoice} path={`/i/${encodeURIComponent(token)}`} />
    </>
  )
}
