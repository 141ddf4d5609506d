import { signatureHeader } from '@/sandbox/webhooks/signature'

/** What came back from an endpoint. `status` is null when no answer came, and then `error` says why. */
export type HookAnswer = { status: number | null; error: string | null; response: string; durationMs: number }

/** Characters of an endpoint's answer that are kept. */
const mostResponse = 1000

/**
 * Posts one payload as Stripe does: signed, and without following redirects. The signature carries real time, which is
 * what receivers compare, whatever the sandbox's clock says.
 */
export async function postHook(
  url: string,
  payload: string,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<HookAnswer> {
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      signal,
      headers: hookHeaders(payload, secrets),
    })
    return { status: answer.status, error: null, response: await beginningOf(answer), durationMs: took() }
  } catch (error) {
    return { status: null, error: reasonOf(error), response: '', durationMs: took() }
  }
}

export function hookHeaders(payload: string, secrets: readonly string[]): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'Stripe-Signature': signatureHeader(payload, secrets, Math.floor(Date.now() / 1000)),
  }
}

/** The status is the answer: a body that breaks off or never ends does not change it. */
async function beginningOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length >= mostResponse) break
    }
  } catch (error) {
    return `${text.slice(0, mostResponse)} (${reasonOf(error)})`
  }
  return text.slice(0, mostResponse)
}

/** `fetch` says "fetch failed" and keeps the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
