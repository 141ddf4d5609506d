import { atPath, byParam } from '@/sandbox/context'
import { range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { text } from '@/sandbox/http/params'
import { serializeCharge } from '@/sandbox/resources/charge-record'

export const chargeEndpoints = [
  endpoint({
    route: 'GET /v1/charges/:id',
    returns: 'charge',
    run: (ctx, _, id) => serializeCharge(ctx, atPath(ctx, 'charges', id)),
  }),
  endpoint({
    route: 'GET /v1/charges',
    returns: 'list of charge',
    params: { ...pageParams, created: range, customer: text(255), payment_intent: text(255) },
    run(ctx, { created, customer, payment_intent: intent, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      const charges = ctx.store.table('charges')
      return listPage(ctx, 'charges', page, {
        url: '/v1/charges',
        among:
          intent !== undefined
            ? charges.by('payment_intent', intent)
            : customer === undefined
              ? undefined
              : charges.by('customer', customer),
        keep: (charge) =>
          (created === undefined || created(charge.created)) &&
          (customer === undefined || charge.customer === customer),
        show: (charge) => serializeCharge(ctx, charge),
      })
    },
  }),
]
