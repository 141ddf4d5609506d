import type Stripe from 'stripe'
import { afterEach, expect } from 'vitest'
import { checkRefusal } from '@/sandbox/contract/schema/check-refusal'
import { checkAnswer } from '@/sandbox/contract/schema/check-wire'

/*
 * Every answer that reaches a test is compared with the SDK's own types, whatever the test is about; one that deviates
 * fails it.
 */

const deviations: string[] = []

afterEach(noDeviations)

/** @throws AssertionError when anything witnessed since the last call was not as the SDK's types say */
export function noDeviations(): void {
  expect([...new Set(deviations.splice(0))]).toEqual([])
}

/** Takes an answer of the API, JSON parsed, as it came over the wire. */
export function witness(request: string, status: number, json: unknown): void {
  const found = status < 300 ? checkAnswer(json) : checkRefusal(json)
  deviations.push(...found.map((deviation) => `${request} ${status}: ${deviation}`))
}

/** Takes what was delivered to a webhook endpoint. */
export function witnessDelivery(json: unknown): void {
  deviations.push(...checkAnswer(json).map((deviation) => `delivery: ${deviation}`))
}

/** Has every answer to this client witnessed; one that is no JSON the SDK refuses by itself. */
export function witnessed(stripe: Stripe): Stripe {
  stripe.on('response', (response: Stripe.ResponseEvent) => {
    const { method, path, status } = response
    const body = 'body' in response ? response.body : undefined
    if (isHash(body)) witness(`${method} ${path}`, status, asReceived(body))
  })
  return stripe
}

/** The SDK adds to an error where it came from before it tells of the answer. */
function asReceived(body: { [key: string]: unknown }): unknown {
  if (!isHash(body.error)) return body
  const { headers, statusCode, requestId, ...error } = body.error
  return { ...body, error }
}

function isHash(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
