import { type Company, hasCard, type Params, type Step } from '@/sandbox/seed/company'
import { planInvoice } from '@/sandbox/seed/plan-invoice'
import { createRandom, type Random } from '@/sandbox/seed/random'
import { firstWords, offers, people, places, secondWords } from '@/sandbox/seed/words'

const day = 86_400

/** The company's history in order of time, as the requests that its software made. @param now unix seconds */
export function planCompany(company: Company, now: number): Step[] {
  const random = createRandom(company.seed)
  const begin = now - company.months * 30 * day
  const steps = [
    ...planCatalog(company, random, begin - 3 * day),
    ...planCustomers(company, random, begin - 2 * day),
  ]
  for (let number = 0; number < company.invoices; number++) {
    steps.push(...planInvoice(company, random, number, { begin, now }))
  }
  // Stable: requests of one moment stay in the order in which they were planned.
  return steps.sort((a, b) => a.at - b.at)
}

function planCatalog({ currencies }: Company, random: Random, at: number): Step[] {
  return offers.flatMap(({ name, unit, least, most }, index) => [
    {
      at,
      path: () => '/v1/products',
      params: () => ({ name, unit_label: unit }),
      as: `product ${index}`,
    },
    ...currencies.map((currency): Step => {
      const amount = random.between(least / 100, most / 100) * 100
      return {
        at,
        path: () => '/v1/prices',
        params: (made) => ({ product: made(`product ${index}`), currency, unit_amount: amount }),
        as: `price ${index} ${currency}`,
      }
    }),
  ])
}

function planCustomers(company: Company, random: Random, at: number): Step[] {
  return Array.from({ length: company.customers }, (_, index): Step => {
    const name = `${random.pick(firstWords)} ${random.pick(secondWords)}`
    const domain = name.toLowerCase().replace(' ', '-')
    const { state, ...address } = places[random.below(places.length)] ?? places[0]
    const params: Params = {
      name,
      email: `${random.pick(people)}@${domain}-${index}.example`,
      address: state === '' ? address : { ...address, state },
      ...(hasCard(index) ? { payment_method: 'pm_card_visa' } : {}),
    }
    return { at: at + index, path: () => '/v1/customers', params: () => params, as: `customer ${index}` }
  })
}
