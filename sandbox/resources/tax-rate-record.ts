import type Stripe from 'stripe'
import type { Rate } from '@/sandbox/arithmetic/taxes'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { country, mergeMetadata, metadata, percentage } from '@/sandbox/http/common-params'
import { bool, oneOf, type Params, required, text } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

export type TaxRate = Wire<Stripe.TaxRate>

/** `madeFrom` is the `tax_rate_data` that Stripe made the rate of by itself, as text; null for those of the catalog. */
export type TaxRateRecord = Omit<TaxRate, 'metadata'> & {
  metadata: Record<string, string>
  madeFrom: string | null
}

export function serializeTaxRate(_ctx: Ctx, { madeFrom: _, ...rate }: TaxRateRecord) {
  return rate satisfies TaxRate
}

const taxType = oneOf(
  'admissions_tax',
  'amusement_tax',
  'attendance_tax',
  'communications_tax',
  'digital_excise_tax',
  'entertainment_tax',
  'get_fund',
  'gross_receipts_tax',
  'gst',
  'hospitality_tax',
  'hst',
  'igst',
  'jct',
  'lease_tax',
  'luxury_tax',
  'mass_transit_parking_tax',
  'nhil',
  'parking_tax',
  'pst',
  'qst',
  'resort_tax',
  'retail_delivery_fee',
  'rst',
  'sales_tax',
  'service_tax',
  'tourism_tax',
  'utility_users_tax',
  'vat',
)

/** What may be said of a rate at any time, apart from its name. */
export const taxRateNotes = {
  country,
  description: text(),
  jurisdiction: text(50),
  state: text(50),
  tax_type: taxType,
}

/** What a rate is made of; `percentage` and `inclusive` never change. */
const dataShape = {
  ...taxRateNotes,
  display_name: required(text(50)),
  inclusive: required(bool),
  percentage: required(percentage),
}

export const taxRateShape = { ...dataShape, active: bool, metadata }

/** What a tax that was calculated elsewhere says about its rate. */
export const taxRateDataShape = {
  ...dataShape,
  jurisdiction_level: oneOf('city', 'country', 'county', 'district', 'multiple', 'state'),
}

/** Writes a rate of the catalog and its `tax_rate.created`. */
export function createTaxRate(ctx: Ctx, params: Params<typeof taxRateShape>): TaxRateRecord {
  const rate: TaxRateRecord = {
    ...newTaxRate(ctx, params),
    active: params.active ?? true,
    metadata: mergeMetadata({}, params.metadata),
  }
  ctx.store.put('taxRates', rate)
  emit(ctx, 'tax_rate.created', serializeTaxRate(ctx, rate))
  return rate
}

/**
 * The rate behind a tax that was calculated elsewhere: a known one of exactly these data, or a new one, which is
 * archived from the beginning and told by no event.
 */
export function taxRateFrom(ctx: Ctx, data: Params<typeof taxRateDataShape>): TaxRateRecord {
  const madeFrom = JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))
  const [known] = ctx.store.table('taxRates').by('madeFrom', madeFrom)
  if (known) return known
  const rate: TaxRateRecord = {
    ...newTaxRate(ctx, data),
    active: false,
    jurisdiction_level: data.jurisdiction_level ?? null,
    madeFrom,
  }
  ctx.store.put('taxRates', rate)
  return rate
}

function newTaxRate(ctx: Ctx, data: Params<typeof dataShape>): TaxRateRecord {
  return {
    id: ctx.newId('txr'),
    object: 'tax_rate',
    active: true,
    country: data.country ?? null,
    created: ctx.now,
    description: data.description ?? null,
    display_name: data.display_name,
    effective_percentage: null,
    flat_amount: null,
    inclusive: data.inclusive,
    jurisdiction: data.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    madeFrom: null,
    metadata: {},
    percentage: Number(data.percentage),
    rate_type: null,
    state: data.state ?? null,
    tax_type: data.tax_type ?? null,
  }
}

/** How the rate calculates. A percentage has at most four decimal places, so its shortest text is exact. */
export function rateOf(ctx: Ctx, id: string): Rate {
  const { percentage: percent, inclusive } = referred(ctx, 'taxRates', id)
  return { id, percentage: String(percent), inclusive }
}
