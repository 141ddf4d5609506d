import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { list, oneOf, required, text } from '@/sandbox/http/params'
import { apiVersion } from '@/sandbox/http/version'
import { readLogFilters } from '@/sandbox/listen/log-filters'

/** Seconds after which the CLI connects anew, in the same session. */
const reconnectDelay = 3600

/** How the CLI begins to listen. Events of other accounts and thin ones never come, wherever they would go. */
export const cliSessionEndpoints = [
  endpoint({
    route: 'POST /v1/stripecli/sessions',
    returns: 'cli_session',
    params: {
      device_name: required(text(5000)),
      websocket_features: required(list(oneOf('webhooks', 'request_logs'), 1)),
      filters: text(5000),
      forward_to_url: text(5000),
      forward_connect_to_url: text(5000),
      forward_thin_to_url: text(5000),
      forward_thin_connect_to_url: text(5000),
    },
    run(ctx, { websocket_features: [feature = 'webhooks'], ...params }) {
      const filters = readLogFilters(params.filters ?? '{}')
      if (!filters) throw invalidRequest('These filters are not supported.', { param: 'filters' })
      const id = `cliws_${ctx.newToken(24)}`
      ctx.outbox.listen(id, { feature, forwardTo: params.forward_to_url ?? null, filters })
      return {
        websocket_id: id,
        websocket_url: `${ctx.origin.replace(/^http/, 'ws')}/subscribe/${ctx.accountId}`,
        websocket_authorized_feature: feature,
        default_version: apiVersion,
        latest_version: apiVersion,
        reconnect_delay: reconnectDelay,
        secret: ctx.outbox.listenSecret(),
        display_connect_filter_warning: false,
        device_token: '',
      }
    },
  }),
]
