import type Stripe from 'stripe'

/**
 * An SDK type as it travels in JSON before anything is expanded: references are ids, and `*_decimal` values, which
 * the SDK turns into `Decimal` objects, are strings. Records and serializers are typed by it, so an SDK upgrade that
 * changes a shape breaks the build.
 */
export type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends (infer Item)[]
      ? Wire<Unexpanded<Item>>[]
      : T extends object
        ? { [Key in keyof T]: Wire<Unexpanded<T[Key]>> }
        : T

/** `string | Customer | DeletedCustomer | null` becomes `string | null`. */
type Unexpanded<T> = [Extract<T, string>] extends [never] ? T : Exclude<T, { object: string }>

export type WireList<T> = { object: 'list'; data: T[]; has_more: boolean; url: string; total_count?: number }

/** The answer to a deletion, and what an expanded or retrieved deleted object looks like. */
export type Deleted<Name extends string> = { id: string; object: Name; deleted: true }
