import type { StripePage } from '@/lib/share/fresh-stripe-page'

/** On to Stripe, or back to the customer's page; `?notice=stripe_unavailable` asks them to try again. */
export function leaveTo(token: string, page: StripePage): Response {
  if (page && 'redirect' in page) return seeOther(page.redirect)
  return ownPage(token, page && 'unavailable' in page ? '?notice=stripe_unavailable' : '')
}

export function ownPage(token: string, query = ''): Response {
  return seeOther(`/i/${encodeURIComponent(token)}${query}`)
}

/** Neither the token in the address nor where it led may stay anywhere. */
function seeOther(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'private, no-store',
    },
  })
}
