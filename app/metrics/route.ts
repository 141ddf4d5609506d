import { log } from '@/lib/log/log'
import { renderMetrics } from '@/lib/sync/metrics'
import { isFromPrivateNetwork } from './is-from-private-network'

/** Figures for Prometheus, for whoever asks from this machine or its private network, and for nobody else. */
export async function GET(request: Request): Promise<Response> {
  if (!isFromPrivateNetwork(request.headers)) return new Response(null, { status: 404 })
  try {
    const { body, contentType } = await renderMetrics()
    return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
  } catch (error) {
    log.warn({ err: error }, 'could not gather the metrics')
    return new Response(null, { status: 503 })
  }
}
