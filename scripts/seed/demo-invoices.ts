/** How an invoice went on after it was written; days count back from today. */
export type DemoOutcome =
  | { kind: 'draft' }
  | { kind: 'finalized' }
  | { kind: 'sent' }
  | { kind: 'paid_by_card'; daysAgo: number }
  | { kind: 'declined'; daysAgo: number }
  | { kind: 'paid_out_of_band'; daysAgo: number }
  | { kind: 'void'; daysAgo: number }
  | { kind: 'uncollectible'; daysAgo: number }

/** A one-off amount is in minor units of the customer's currency. */
export type DemoLine = { product: string; quantity: number } | { description: string; amount: number }

export type DemoInvoice = {
  customer: string
  daysAgo: number
  daysUntilDue: number
  memo?: string
  lines: DemoLine[]
  outcome: DemoOutcome
}

const sells = (product: string, quantity = 1): DemoLine => ({ product, quantity })

/** Three months of an ordinary business, in the order of writing. */
export const demoInvoices: DemoInvoice[] = [
  {
    customer: 'brewery',
    daysAgo: 88,
    daysUntilDue: 30,
    lines: [sells('flow', 2), sells('visit')],
    outcome: { kind: 'paid_by_card', daysAgo: 64 },
  },
  {
    customer: 'robotics',
    daysAgo: 86,
    daysUntilDue: 30,
    lines: [sells('pressure', 12), sells('gateway')],
    outcome: { kind: 'paid_by_card', daysAgo: 70 },
  },
  {
    customer: 'cooperative',
    daysAgo: 81,
    daysUntilDue: 14,
    memo: 'Thank you for your business.',
    lines: [sells('calibration', 6), sells('freight')],
    outcome: { kind: 'uncollectible', daysAgo: 12 },
  },
  {
    customer: 'mill',
    daysAgo: 77,
    daysUntilDue: 30,
    lines: [sells('support'), sells('kit', 3)],
    outcome: { kind: 'paid_by_card', daysAgo: 49 },
  },
  {
    customer: 'waterworks',
    daysAgo: 74,
    daysUntilDue: 30,
    memo: 'Order 2026/0317-W',
    lines: [sells('flow', 4), sells('gateway', 2), sells('hour', 16)],
    outcome: { kind: 'paid_out_of_band', daysAgo: 41 },
  },
  {
    customer: 'shipyard',
    daysAgo: 69,
    daysUntilDue: 30,
    lines: [sells('pressure', 40)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'electronics',
    daysAgo: 66,
    daysUntilDue: 30,
    lines: [sells('calibration', 20), sells('freight')],
    outcome: { kind: 'paid_by_card', daysAgo: 38 },
  },
  {
    customer: 'hospital',
    daysAgo: 60,
    daysUntilDue: 30,
    lines: [sells('calibration', 14)],
    outcome: { kind: 'void', daysAgo: 59 },
  },
  {
    customer: 'hospital',
    daysAgo: 59,
    daysUntilDue: 30,
    memo: 'Replaces the invoice of the day before, which named the wrong department.',
    lines: [sells('calibration', 14), { description: 'Goodwill discount', amount: -25_000 }],
    outcome: { kind: 'paid_by_card', daysAgo: 33 },
  },
  {
    customer: 'cooperative',
    daysAgo: 55,
    daysUntilDue: 14,
    lines: [sells('kit', 8)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'dairy',
    daysAgo: 52,
    daysUntilDue: 30,
    lines: [sells('flow'), sells('hour', 6)],
    outcome: { kind: 'declined', daysAgo: 20 },
  },
  {
    customer: 'distillery',
    daysAgo: 47,
    daysUntilDue: 30,
    lines: [sells('training'), sells('visit', 2)],
    outcome: { kind: 'paid_by_card', daysAgo: 19 },
  },
  {
    customer: 'brewery',
    daysAgo: 44,
    daysUntilDue: 14,
    lines: [sells('support')],
    outcome: { kind: 'uncollectible', daysAgo: 3 },
  },
  {
    customer: 'university',
    daysAgo: 40,
    daysUntilDue: 30,
    lines: [sells('gateway', 3), sells('training')],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'workshop',
    daysAgo: 37,
    daysUntilDue: 14,
    lines: [sells('kit'), { description: 'Repair of a transmitter of another make', amount: 14_250 }],
    outcome: { kind: 'paid_out_of_band', daysAgo: 21 },
  },
  {
    customer: 'mill',
    daysAgo: 33,
    daysUntilDue: 30,
    lines: [sells('pressure', 6), sells('hour', 4)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'electronics',
    daysAgo: 28,
    daysUntilDue: 14,
    lines: [sells('gateway', 5)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'robotics',
    daysAgo: 24,
    daysUntilDue: 30,
    lines: [sells('pressure', 24), sells('kit', 4), sells('freight')],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'waterworks',
    daysAgo: 20,
    daysUntilDue: 60,
    memo: 'Order 2026/0402-W, second part delivery',
    lines: [sells('flow', 2), sells('visit', 3), sells('hour', 22)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'distillery',
    daysAgo: 16,
    daysUntilDue: 30,
    lines: [sells('support'), sells('calibration', 9)],
    outcome: { kind: 'sent' },
  },
  {
    customer: 'hospital',
    daysAgo: 11,
    daysUntilDue: 30,
    lines: [sells('support')],
    outcome: { kind: 'paid_by_card', daysAgo: 1 },
  },
  {
    customer: 'shipyard',
    daysAgo: 8,
    daysUntilDue: 14,
    lines: [sells('visit')],
    outcome: { kind: 'void', daysAgo: 7 },
  },
  {
    customer: 'workshop',
    daysAgo: 6,
    daysUntilDue: 14,
    lines: [sells('calibration', 2)],
    outcome: { kind: 'finalized' },
  },
  {
    customer: 'brewery',
    daysAgo: 4,
    daysUntilDue: 30,
    lines: [sells('flow'), sells('freight')],
    outcome: { kind: 'draft' },
  },
  {
    customer: 'university',
    daysAgo: 2,
    daysUntilDue: 30,
    lines: [sells('training', 2), sells('hour', 12)],
    outcome: { kind: 'draft' },
  },
  {
    customer: 'electronics',
    daysAgo: 1,
    daysUntilDue: 30,
    lines: [sells('support'), sells('calibration', 4)],
    outcome: { kind: 'draft' },
  },
]
