import { type Company, type Fate, hasCard, type Params, type Step } from '@/sandbox/seed/company'
import type { Random } from '@/sandbox/seed/random'
import { offers } from '@/sandbox/seed/words'

const day = 86_400
const terms = [7, 14, 30, 60] as const

type Span = { begin: number; now: number }

/** What one invoice went through: written, sent, and then paid, given up, voided, or waited for. */
export function planInvoice(company: Company, random: Random, number: number, span: Span): Step[] {
  const fate = random.weighted(company.states)
  const customer = random.below(company.customers)
  const currency = company.currencies[customer % company.currencies.length] ?? company.currencies[0]
  const term = random.pick(terms)
  const at = momentOf(fate, term, random, span)
  const name = `invoice ${number}`
  const steps: Step[] = [
    {
      at,
      path: () => '/v1/invoices',
      params: (made) => ({
        customer: made(`customer ${customer}`),
        currency,
        collection_method: 'send_invoice',
        days_until_due: term,
      }),
      as: name,
    },
    {
      at,
      path: (made) => `/v1/invoices/${made(name)}/add_lines`,
      params: planLines(currency, random),
    },
  ]
  if (fate === 'draft') return steps
  const sentAt = Math.min(at + random.between(60, 6 * 3600), span.now)
  const act = (verb: string, moment: number, params: Params = {}): Step => ({
    at: Math.min(Math.max(moment, sentAt), span.now),
    path: (made) => `/v1/invoices/${made(name)}/${verb}`,
    params: () => params,
  })
  return [...steps, act('send', sentAt), ...planEnd(fate, { at, term, customer }, random, act)]
}

/** When it was written, so that it can have come to where it stands. */
function momentOf(fate: Fate, term: number, random: Random, { begin, now }: Span): number {
  const within = (least: number, most: number) => {
    const latest = Math.max(now - least * day, begin)
    return random.between(Math.max(now - most * day, begin), latest)
  }
  const longest = Math.ceil((now - begin) / day)
  if (fate === 'draft') return within(0, 10)
  if (fate === 'open') return within(0, term - 1)
  if (fate === 'past_due') return within(term + 1, term + 90)
  if (fate === 'uncollectible') return within(term + 60, longest)
  return within(1, longest)
}

function planLines(currency: string, random: Random): Step['params'] {
  const lines = Array.from({ length: random.between(1, 4) }, () => {
    const offer = random.below(offers.length)
    return { offer, quantity: random.between(1, offers[offer]?.quantity ?? 1) }
  })
  return (made) => ({
    lines: lines.map(({ offer, quantity }) => ({
      pricing: { price: made(`price ${offer} ${currency}`) },
      quantity,
    })),
  })
}

type Written = { at: number; term: number; customer: number }

function planEnd(
  fate: Fate,
  { at, term, customer }: Written,
  random: Random,
  act: (verb: string, moment: number, params?: Params) => Step,
): Step[] {
  if (fate === 'void') return [act('void', at + random.between(1, 5) * day)]
  if (fate === 'uncollectible') return [act('mark_uncollectible', at + (term + 59) * day)]
  if (fate !== 'paid') return []
  const paidAt = at + random.between(day, (term + 10) * day)
  if (!hasCard(customer)) return [act('pay', paidAt, { paid_out_of_band: true })]
  const card = (token: string) => ({ payment_method: token })
  const paid = act('pay', paidAt, card('pm_card_visa'))
  if (!random.chance(6)) return [paid]
  return [act('pay', paidAt - day, card('pm_card_chargeCustomerFail')), paid]
}
