/* What the bench needs of the sandbox, over HTTP like everybody else. */

type Environment = Record<string, string>

/** Makes drafts for a new customer and answers their ids. */
export async function inventInvoices(environment: Environment, count: number): Promise<string[]> {
  const customer = await create(environment, 'customers', { name: 'Bench' })
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    ids.push(await create(environment, 'invoices', { customer, auto_advance: 'false' }))
  }
  return ids
}

/** Lets the sandbox refuse what is beyond Stripe's rate, or not. */
export async function limitRate(environment: Environment, isLimited: boolean): Promise<void> {
  await ask(`${environment.STRIPE_API_BASE}/_sandbox/settings`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sandbox: { rate_limits: isLimited } }),
  })
}

async function create(
  environment: Environment,
  noun: string,
  fields: Record<string, string>,
): Promise<string> {
  const { id } = await ask(`${environment.STRIPE_API_BASE}/v1/${noun}`, {
    headers: { authorization: `Bearer ${environment.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams(fields),
  })
  if (id === undefined) throw new Error(`no id came back for a new object of ${noun}`)
  return id
}

async function ask(url: string, request: RequestInit): Promise<{ id?: string }> {
  const response = await fetch(url, { method: 'POST', ...request })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}
