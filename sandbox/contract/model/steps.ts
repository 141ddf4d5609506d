import fc from 'fast-check'
import { expect } from 'vitest'
import type { Answer, SandboxUnderTest } from '@/sandbox/contract/account'
import {
  attach,
  credit,
  creditable,
  least,
  type Model,
  type ModelInvoice,
  newInvoice,
  predict,
  remaining,
  type Verb,
  voidNote,
} from '@/sandbox/contract/model/rules'
import type { coupons, InvoiceCoupon, ModelLine, rates } from '@/sandbox/contract/model/sums'

type Part = 'half' | 'all' | 'more'

export type Step =
  | { do: 'create' | 'rename' | 'switchCard' }
  | { do: 'setBalance'; amount: number }
  | { do: 'addLine'; at: number; line: ModelLine }
  | { do: 'discount'; at: number; coupons: InvoiceCoupon[] }
  | { do: 'attach' | 'credit'; at: number; part: Part }
  | { do: 'voidNote'; at: number }
  | { do: Verb; at: number }

const plain = (amount: number): ModelLine => ({ amount, coupon: null, rates: [] })

/** Every history begins with something to decide about. */
export const beginning: Step[] = [
  { do: 'create' },
  { do: 'addLine', at: 0, line: plain(2000) },
  { do: 'finalize', at: 0 },
  { do: 'create' },
  { do: 'addLine', at: 1, line: { amount: 777, coupon: 'tenth', rates: ['added', 'included'] } },
]

const at = fc.nat({ max: 3 })
const part = fc.constantFrom<Part>('half', 'half', 'all', 'more')
/** Lines that lower an invoice are neither discounted nor taxed here. */
const line: fc.Arbitrary<ModelLine> = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: -1500, max: -1 }).map(plain) },
  {
    weight: 4,
    arbitrary: fc.record({
      amount: fc.integer({ min: 300, max: 4000 }),
      coupon: fc.constantFrom(null, null, 'tenth' as const, 'hundred' as const),
      rates: fc.subarray(['added' as const, 'included' as const]),
    }),
  },
)
const verb = fc.constantFrom<Verb>(
  ...(['finalize', 'finalize', 'pay', 'payOutOfBand', 'delete', 'tag'] as const),
  ...(['void', 'void', 'markUncollectible'] as const),
)
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('create' as const, 'rename' as const, 'switchCard' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setBalance' as const),
      amount: fc.integer({ min: -4000, max: 1000 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('addLine' as const), at, line }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('discount' as const),
      at,
      coupons: fc.shuffledSubarray(['quarter' as const, 'three' as const]),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('attach' as const, 'credit' as const, 'credit' as const),
      at,
      part,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('voidNote' as const), at }) },
  { weight: 9, arbitrary: fc.record({ do: verb, at }) },
)

/** What a history needs from the sandbox: its ids of coupons, tax rates and cards. */
export type Stock = {
  ids: Record<keyof typeof coupons | keyof typeof rates, string>
  good: string
  bad: string
}

/** One history: the model, and every POST of it, to be sent again at its end. */
export class Run {
  readonly posted: { path: string; body: string; key: string; answer: Answer }[] = []

  constructor(
    readonly sandbox: SandboxUnderTest,
    readonly model: Model,
    readonly stock: Stock,
  ) {}

  async post(path: string, body: string): Promise<Answer> {
    const key = `${this.model.owner}-${this.posted.length}`
    const answer = await this.sandbox.send('POST', path, body, { 'idempotency-key': key })
    this.posted.push({ path, body, key, answer })
    return answer
  }

  /** Does one step at the sandbox and in the model, which has to know how it ends. */
  async take(next: Step): Promise<void> {
    const { model, stock } = this
    const owner = `/v1/customers/${model.owner}`
    switch (next.do) {
      case 'create':
        if (model.invoices.length < 4) await this.create()
        return
      case 'rename':
        model.name = `Name ${this.posted.length}`
        await this.post(owner, `name=${model.name}`)
        return
      case 'switchCard': {
        model.pays = !model.pays
        const card = model.pays ? stock.good : stock.bad
        await this.post(owner, `invoice_settings[default_payment_method]=${card}`)
        return
      }
      case 'setBalance':
        model.balance = next.amount
        await this.post(owner, `balance=${next.amount}`)
        return
      default: {
        const invoice = model.invoices[next.at]
        if (invoice && (invoice.status !== 'deleted' || isVerb(next))) await this.takeAt(invoice, next)
      }
    }
  }

  private async create(): Promise<void> {
    const { json } = await this.post('/v1/invoices', `customer=${this.model.owner}&currency=usd`)
    this.model.invoices.push(newInvoice(String(json.id)))
  }

  private async takeAt(
    invoice: ModelInvoice,
    next: Exclude<Step, { do: 'create' | 'setBalance' }>,
  ): Promise<void> {
    switch (next.do) {
      case 'addLine':
        return this.addLine(invoice, next.line)
      case 'discount':
        return this.discount(invoice, next.coupons)
      case 'attach':
        return this.attach(invoice, next.part)
      case 'credit':
        return this.credit(invoice, next.part)
      case 'voidNote':
        return this.voidNote(invoice)
    }
    if (isVerb(next)) await this.verb(invoice, next.do)
  }

  private async addLine(invoice: ModelInvoice, { amount, coupon, rates: taxes }: ModelLine): Promise<void> {
    const { model, stock } = this
    const pairs = [
      `customer=${model.owner}&invoice=${invoice.id}&amount=${amount}&currency=usd`,
      ...(coupon === null ? [] : [`discounts[0][coupon]=${stock.ids[coupon]}`]),
      ...taxes.map((rate) => `tax_rates[]=${stock.ids[rate]}`),
    ]
    const { status } = await this.post('/v1/invoiceitems', pairs.join('&'))
    expect(['addLine', status]).toEqual(['addLine', invoice.status === 'draft' ? 200 : 400])
    if (invoice.status === 'draft') invoice.lines.push({ amount, coupon, rates: taxes })
  }

  private async discount(invoice: ModelInvoice, chosen: InvoiceCoupon[]): Promise<void> {
    const list = chosen.map((coupon, index) => `discounts[${index}][coupon]=${this.stock.ids[coupon]}`)
    const { status } = await this.post(`/v1/invoices/${invoice.id}`, list.join('&') || 'discounts=')
    expect(['discount', status]).toEqual(['discount', invoice.status === 'draft' ? 200 : 400])
    if (invoice.status === 'draft') invoice.discounts = chosen
  }

  private async attach(invoice: ModelInvoice, part: Part): Promise<void> {
    const left = remaining(invoice)
    const amount = partOf(left, part, 700)
    if (amount < least || isDust(left - amount)) return
    const { model, stock } = this
    const paid = await this.post(
      '/v1/payment_intents',
      `amount=${amount}&currency=usd&customer=${model.owner}&payment_method=${stock.good}&confirm=true`,
    )
    const { status } = await this.post(
      `/v1/invoices/${invoice.id}/attach_payment`,
      `payment_intent=${paid.json.id}`,
    )
    expect(['attach', status]).toEqual(['attach', attach(model, invoice, amount)])
  }

  private async credit(invoice: ModelInvoice, part: Part): Promise<void> {
    const isOpen = invoice.status === 'open'
    const most = creditable(invoice)
    const left = isOpen ? remaining(invoice) : most
    const amount = part === 'more' ? Math.max(0, most) + 100 : partOf(Math.min(left, most), part, 0)
    if (amount <= 0 || (isOpen && part !== 'more' && isDust(left - amount))) return
    const given = invoice.status === 'paid' ? `&credit_amount=${amount}` : ''
    const { status, json } = await this.post(
      '/v1/credit_notes',
      `invoice=${invoice.id}&amount=${amount}${given}`,
    )
    expect(['credit', status]).toEqual(['credit', credit(this.model, invoice, String(json.id), amount)])
  }

  private async voidNote(invoice: ModelInvoice): Promise<void> {
    const note = invoice.notes.at(-1)
    if (!note) return
    const { status } = await this.post(`/v1/credit_notes/${note.id}/void`, '')
    expect(['voidNote', status]).toEqual(['voidNote', voidNote(invoice, note)])
  }

  private async verb(invoice: ModelInvoice, verb: Verb): Promise<void> {
    const expected = predict(this.model, invoice, verb)
    const path = `/v1/invoices/${invoice.id}`
    if (verb === 'delete') {
      expect((await this.sandbox.send('DELETE', path)).status).toBe(expected)
      return
    }
    const [name, body] = verbs[verb]
    const { status } = await this.post(name === '' ? path : `${path}/${name}`, body)
    expect([verb, status]).toEqual([verb, expected])
  }
}

const verbs: Record<Exclude<Verb, 'delete'>, [name: string, body: string]> = {
  finalize: ['finalize', ''],
  pay: ['pay', ''],
  payOutOfBand: ['pay', 'paid_out_of_band=true'],
  void: ['void', ''],
  markUncollectible: ['mark_uncollectible', ''],
  tag: ['', 'metadata[tag]=x'],
}

function isVerb(next: Step): next is { do: Verb; at: number } {
  return next.do === 'delete' || Object.hasOwn(verbs, next.do)
}

function partOf(whole: number, part: Part, more: number): number {
  return part === 'half' ? Math.floor(whole / 2) : whole + (part === 'more' ? more : 0)
}

/** What is too small to be charged must not be left over: no rule says what becomes of it. */
function isDust(amount: number): boolean {
  return amount > 0 && amount < least
}
