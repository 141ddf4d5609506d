import { type DeliveryAnswer, receiveDelivery } from '@/lib/sync/receive-delivery'

/** Where Stripe delivers events; `npm run ingest` does the same on a listener of its own. */
async function receive(request: Request): Promise<Response> {
  return toResponse(
    await receiveDelivery({
      method: request.method,
      contentLength: request.headers.get('content-length'),
      signature: request.headers.get('stripe-signature'),
      body: request.body ?? nothing(),
    }),
  )
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const toResponse = ({ status, headers, text }: DeliveryAnswer) => new Response(text, { status, headers })

export {
  receive as DELETE,
  receive as GET,
  receive as HEAD,
  receive as OPTIONS,
  receive as PATCH,
  receive as POST,
  receive as PUT,
}
