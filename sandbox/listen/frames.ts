import { z } from 'zod'
import type { LoggedRequest } from '@/sandbox/http/request-log'
import { hookHeaders } from '@/sandbox/webhooks/post-hook'

/**
 * An event on its way to a CLI, which relays payload and headers as they are.
 * @param version null is the account's default; a CLI drops frames of any other, or with `--latest` those of the default
 */
export function eventFrame(
  payload: string,
  secret: string,
  version: string | null,
  ids: { event: string; conversation: string },
) {
  return {
    type: 'webhook_event',
    endpoint: { api_version: version },
    event_payload: payload,
    http_headers: hookHeaders(payload, [secret]),
    webhook_conversation_id: ids.conversation,
    webhook_id: ids.event,
  }
}

/** A line of `stripe logs tail`. */
export function logFrame({ id, time, method, path, status, error }: LoggedRequest) {
  const { type = '', code = '', message = '', param = '', decline_code = '' } = error ?? {}
  const payload = {
    created_at: time,
    livemode: false,
    method,
    request_id: id,
    status,
    url: path,
    error: { type, charge: '', code, decline_code, message, param },
  }
  return { type: 'request_log_event', event_payload: JSON.stringify(payload), request_log_id: id }
}

const conversation = { webhook_conversation_id: z.string() }

const incoming = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event_ack'), ...conversation }),
  z.object({
    type: z.literal('webhook_response'),
    ...conversation,
    forward_url: z.string(),
    status: z.int(),
    body: z.string(),
  }),
])

/** What a CLI says; undefined for what is of no interest here. */
export function readFrame(text: string): z.infer<typeof incoming> | undefined {
  try {
    return incoming.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
