/* What screens get of a customer. Amounts are integer minor units of `currency`; instants ISO strings in UTC. */

export type CustomerRow = {
  id: string
  name: string | null
  email: string | null
  createdAt: string
  /** Per currency: what is open now. */
  open: { currency: string; amount: number; count: number }[]
}

export type CustomerDetail = CustomerRow & {
  description: string | null
  /** Set by Stripe with the first invoice; later invoices are usually in the same currency. */
  currency: string | null
  /** Stripe's sign: negative is a credit of the customer. */
  balance: number
  isDeleted: boolean
  mirroredAt: string
}

export type CustomerChoice = {
  id: string
  name: string | null
  email: string | null
  currency: string | null
}
