import { HOSTED_HEADERS } from '@/sandbox/hosted/document'
import type { Reply } from '@/sandbox/http/reply'

/** A request for one of the customer's pages. */
export type Visit = {
  method: string
  path: string
  body: string
  /** The header as it came, or an empty text. */
  acceptLanguage: string
  /** A form that a page of another site sent: `Sec-Fetch-Site`, which every browser adds and no page can forge. */
  isFromElsewhere: boolean
}

export function page(status: number, body: string): Reply {
  return { status, headers: { ...HOSTED_HEADERS }, body }
}

/** A page with a form that leads on to somebody else's: browsers follow it there only when its policy names them. */
export function pageLeadingTo(url: string, body: string): Reply {
  const { origin, protocol } = new URL(url)
  const target = origin === 'null' ? protocol : origin
  const policy = HOSTED_HEADERS['Content-Security-Policy']?.replace("form-action 'self'", `$& ${target}`)
  return { status: 200, headers: { ...HOSTED_HEADERS, 'Content-Security-Policy': policy ?? '' }, body }
}

/** After a POST, so that reloading the page repeats nothing. */
export function redirect(location: string): Reply {
  return { status: 303, headers: { ...HOSTED_HEADERS, location }, body: '' }
}

export function pdfReply(name: string, body: Buffer): Reply {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${ascii}.pdf"; filename*=UTF-8''${encodeURIComponent(name)}.pdf`,
      'cache-control': 'no-store',
    },
    body,
  }
}
