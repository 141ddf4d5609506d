import { request } from '@playwright/test'
import { Client } from 'pg'
import { signIn } from '@/e2e/support/sign-in'
import { closeDatabase, pool } from '@/lib/db/client'
import { parseInvoiceFilters } from '@/lib/domain/invoice-filters'
import { listInvoices } from '@/lib/invoices/list-invoices'
import { createDemoPeople } from '@/lib/team/demo-people'
import type { RunningInstance } from '../start/running-instance'
import { median, runLoad } from './load'
import { seedInvoices } from './seed-invoices'

const invoices = 100_000
const rounds = 5
const callsPerRound = 60

/** The first page of the invoice list: the statement alone, the read route and the page, turn by turn, one at a time. */
export async function benchList(instance: RunningInstance): Promise<string[]> {
  const client = new Client({ connectionString: instance.environment.DATABASE_URL })
  await client.connect()
  try {
    await createDemoPeople()
    await seedInvoices(client, invoices)
    const statement = await recordStatement()
    const base = instance.url.replace('localhost', '127.0.0.1')
    const headers = { cookie: await cookieOf(instance.url) }
    const get = async (path: string) => {
      const calls = Array.from({ length: callsPerRound }, () => ({
        url: base + path,
        method: 'GET' as const,
        headers,
      }))
      return (await runLoad(calls, 1)).times
    }
    const ways = {
      'SQL alone': async () => {
        const times: number[] = []
        for (let call = 0; call < callsPerRound; call++) {
          const begin = performance.now()
          await client.query(statement.text, statement.values)
          times.push(performance.now() - begin)
        }
        return times
      },
      '/api/invoices': () => get('/api/invoices'),
      '/invoices': () => get('/invoices'),
    }
    for (const measure of Object.values(ways)) await measure()
    const medians = new Map(Object.keys(ways).map((name) => [name, [] as number[]]))
    for (let round = 0; round < rounds; round++) {
      for (const [name, measure] of Object.entries(ways)) medians.get(name)?.push(median(await measure()))
    }
    return table(new Map([...medians].map(([name, values]) => [name, median(values)])))
  } finally {
    await client.end()
    await closeDatabase()
  }
}

function table(medians: Map<string, number>): string[] {
  const sql = medians.get('SQL alone') ?? Number.NaN
  const lines = [...medians].map(
    ([name, ms]) => `${name.padEnd(16)}${ms.toFixed(2).padStart(8)}${(ms / sql).toFixed(1).padStart(10)}`,
  )
  return [
    `Invoice list, ${invoices.toLocaleString('en')} invoices, a page of 50`,
    `${'way'.padEnd(16)}  p50 ms    to SQL`,
    ...lines,
  ]
}

/** The very statement that the list runs, so that this file cannot fall behind it. */
async function recordStatement(): Promise<{ text: string; values: unknown[] }> {
  const shared = pool()
  const { query } = shared
  let recorded: { text: string; values: unknown[] } | undefined
  const recording = (text: string, values: unknown[]) => {
    recorded = { text, values }
    return Reflect.apply(query, shared, [text, values])
  }
  Object.assign(shared, { query: recording })
  const actor = { id: '', name: '', email: '', role: 'viewer' as const }
  await listInvoices({ actor, now: new Date(), requestId: '' }, parseInvoiceFilters({}))
  Object.assign(shared, { query })
  if (recorded === undefined) throw new Error('the list ran no statement through the pool')
  return recorded
}

async function cookieOf(url: string): Promise<string> {
  const { cookies } = await signIn(request, url, 'viewer@duebook.test')
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
