export type Page = { status: number; html: string; text: string; headers: Headers; url: string }

/** What a browser without scripts does: follows redirects and keeps the address. */
export async function visit(
  url: string,
  fields?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> {
  const response = await fetch(url, {
    headers,
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  const html = await response.text()
  const text = html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
  return { status: response.status, html, text, headers: response.headers, url: response.url }
}

/** Posts a form of the page with what it holds itself. @param nth which of its forms, counted from 0 */
export function submit(page: Page, fields: Record<string, string>, nth = 0): Promise<Page> {
  const form = [...page.html.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gs)][nth]
  if (!form) throw new Error(`There is no form ${nth} on ${page.url}`)
  const [, action = '', content = ''] = form
  const held = [...content.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  )
  return visit(new URL(action.replaceAll('&amp;', '&'), page.url).href, {
    ...Object.fromEntries(held),
    ...fields,
  })
}

export const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', name: 'Ada Byron' }

/** The document behind a link, and what it is called. */
export async function download(url: string): Promise<{ type: string | null; name: string; bytes: Buffer }> {
  const response = await fetch(url)
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  const bytes = Buffer.from(await response.arrayBuffer())
  return { type: response.headers.get('content-type'), name, bytes }
}
