import { freshPaymentUrl } from '@/lib/share/fresh-stripe-page'
import { leaveTo, ownPage } from '../leave'

type Route = { params: Promise<{ token: string }> }

/** Asks Stripe for a page to pay at and sends the customer there; where there is none, their own page says why. */
export async function POST(_request: Request, { params }: Route): Promise<Response> {
  const { token } = await params
  return leaveTo(token, await freshPaymentUrl(token))
}

/** An address that was kept, reloaded or fetched ahead pays nothing. */
export async function GET(_request: Request, { params }: Route): Promise<Response> {
  return ownPage((await params).token)
}
