import { atPath } from '@/sandbox/context'
import { emitUpdate } from '@/sandbox/events'
import { mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, text } from '@/sandbox/http/params'
import {
  createTaxRate,
  serializeTaxRate,
  type TaxRateRecord,
  taxRateNotes,
  taxRateShape,
} from '@/sandbox/resources/tax-rate-record'

export const taxRateEndpoints = [
  endpoint({
    route: 'POST /v1/tax_rates',
    returns: 'tax_rate',
    params: taxRateShape,
    run: (ctx, params) => serializeTaxRate(ctx, createTaxRate(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/tax_rates/:id',
    returns: 'tax_rate',
    run: (ctx, _, id) => serializeTaxRate(ctx, atPath(ctx, 'taxRates', id, 'tax_rate')),
  }),
  endpoint({
    route: 'POST /v1/tax_rates/:id',
    returns: 'tax_rate',
    params: { ...taxRateNotes, active: bool, display_name: text(50), metadata },
    run(ctx, { metadata: keys, ...notes }, id) {
      const rate = atPath(ctx, 'taxRates', id, 'tax_rate')
      const changed: TaxRateRecord = { ...rate, ...notes, metadata: mergeMetadata(rate.metadata, keys) }
      ctx.store.put('taxRates', changed)
      emitUpdate(ctx, 'tax_rate.updated', serializeTaxRate(ctx, rate), serializeTaxRate(ctx, changed))
      return serializeTaxRate(ctx, changed)
    },
  }),
  endpoint({
    route: 'GET /v1/tax_rates',
    returns: 'list of tax_rate',
    params: { ...pageParams, active: bool, created: range, inclusive: bool },
    run: (ctx, { active, created, inclusive, ...page }) =>
      listPage(ctx, 'taxRates', page, {
        url: '/v1/tax_rates',
        keep: (rate) =>
          (active === undefined || rate.active === active) &&
          (created === undefined || created(rate.created)) &&
          (inclusive === undefined || rate.inclusive === inclusive),
        show: (rate) => serializeTaxRate(ctx, rate),
      }),
  }),
]
