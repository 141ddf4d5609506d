import 'server-only'
import type Stripe from 'stripe'
import { impatient, stripe } from './client'
import { isMissing } from './to-app-error'

/*
 * How to find out what an operation has done at Stripe. By lists and events, never by search, which lags behind writes.
 */

/** The key of `metadata` under which everything that an operation makes carries the operation's id. */
export const operationMark = 'duebook_operation'

/** An operation, and the Unix second before which nothing of it can have been made. */
export type Maker = { id: string; madeAfter: number }

type Marked = { metadata: Stripe.Metadata | null }

/** The object that `maker` made, among all younger ones that `list` gives. */
async function findMarked<T extends Marked>(list: AsyncIterable<T>, { id }: Maker): Promise<T | null> {
  for await (const object of list) if (object.metadata?.[operationMark] === id) return object
  return null
}

const since = ({ madeAfter }: Maker) => ({ created: { gte: madeAfter }, limit: 100 })

export const findMadeCustomer = (maker: Maker) =>
  findMarked(stripe().customers.list(since(maker), impatient), maker)

export const findMadeProduct = (maker: Maker) =>
  findMarked(stripe().products.list(since(maker), impatient), maker)

export const findMadePrice = (maker: Maker, product: string) =>
  findMarked(stripe().prices.list({ product, ...since(maker) }, impatient), maker)

export const findMadeInvoice = (maker: Maker, customer: string) =>
  findMarked(stripe().invoices.list({ customer, ...since(maker) }, impatient), maker)

/** Whether `maker` made Stripe announce `type` about `objectId`: events name the key of the request that caused them. */
export async function hasCaused(maker: Maker, type: string, objectId: string): Promise<boolean> {
  for await (const event of stripe().events.list({ type, ...since(maker) }, impatient)) {
    const isAbout = 'id' in event.data.object && event.data.object.id === objectId
    if (isAbout && event.request?.idempotency_key?.startsWith(`${maker.id}/`)) return true
  }
  return false
}

/** What `read` retrieves, null when Stripe has no such object (any more). */
export async function orMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
