import { checkWire, type Deviation } from '@/sandbox/contract/schema/check-wire'

const types = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error']

/** What Stripe's error bodies may tell besides type and message. */
const texts = [
  'advice_code',
  'charge',
  'code',
  'decline_code',
  'doc_url',
  'network_advice_code',
  'network_decline_code',
  'param',
  'payment_method_type',
  'request_log_url',
]

const objects: Record<string, string> = {
  payment_intent: 'payment_intent',
  payment_method: 'payment_method',
  setup_intent: 'setup_intent',
}

/** Compares the JSON of a refusal with the one shape that Stripe's errors have. */
export function checkRefusal(json: unknown): Deviation[] {
  const error = isHash(json) ? json.error : undefined
  if (!isHash(error)) return ['a refusal has no error']
  const { type, message, ...rest } = error
  return [
    ...(types.includes(String(type)) ? [] : [`error.type: the wire knows no ${String(type)}`]),
    ...(typeof message === 'string' && message !== '' ? [] : ['error.message: is missing']),
    ...Object.entries(rest).flatMap(([key, value]) => checkDetail(key, value)),
  ]
}

function checkDetail(key: string, value: unknown): Deviation[] {
  const object = Object.hasOwn(objects, key) ? objects[key] : undefined
  if (object !== undefined) return checkWire(object, value).map((deviation) => `error.${deviation}`)
  if (!texts.includes(key)) return [`error.${key}: is unknown to the SDK`]
  return typeof value === 'string' && value !== '' ? [] : [`error.${key}: is no text`]
}

function isHash(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
