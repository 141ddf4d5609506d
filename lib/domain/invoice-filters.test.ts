import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInvoiceFilters, type InvoiceFilters, parseInvoiceFilters } from './invoice-filters'
import { invoiceTabs } from './invoice-view'

const none: InvoiceFilters = { tab: 'all', search: '', customerId: null, after: null }
const fromUrl = (query: string) => parseInvoiceFilters(Object.fromEntries(new URLSearchParams(query)))

/** What addresses, SQL patterns and PostgreSQL's text treat specially, among ordinary letters. */
const letters = fc.constantFrom(...'aZ09%_\\&=+#?/ \'"<é中\u0000\u202e', '👩‍👩‍👧', '\ud800')

const anyFilters: fc.Arbitrary<InvoiceFilters> = fc.record({
  tab: fc.constantFrom(...invoiceTabs),
  search: fc
    .string({ unit: letters, maxLength: 60 })
    .map((text) => text.replaceAll('\u0000', '').trim())
    .filter((text) => text.length <= 200 && text.isWellFormed()),
  customerId: fc.option(fc.stringMatching(/^cus_[A-Za-z0-9_]{1,20}$/)),
  after: fc.option(fc.stringMatching(/^\d{13}\.in_[A-Za-z0-9]{1,24}$/)),
})

describe('invoice filters', () => {
  it('survive the way into the address bar and back', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(fromUrl(formatInvoiceFilters(filters))).toEqual(filters)
      }),
    )
  })

  it('leave a clean address when nothing is filtered', () => {
    expect(formatInvoiceFilters(none)).toBe('')
    expect(fromUrl('')).toEqual(none)
  })

  it('fall back, one by one, on what cannot be', () => {
    expect(
      parseInvoiceFilters({ tab: 'overdue', q: 'acme', customer: 'x', after: '', orderBy: 'password' }),
    ).toEqual({ ...none, search: 'acme' })
    expect(parseInvoiceFilters({ tab: ['paid', 'void'], q: ['a', 'b'], customer: [] })).toEqual({
      ...none,
      tab: 'paid',
      search: 'a',
    })
    expect(parseInvoiceFilters({ q: 'x'.repeat(201) })).toEqual(none)
  })

  it('let through no text that PostgreSQL cannot take', () => {
    expect(fromUrl('?q=a%00b')).toEqual(none)
    expect(parseInvoiceFilters({ q: 'half \ud83d', after: '\u0000' })).toEqual(none)
  })

  it('never throw', () => {
    const anything = fc.oneof(fc.string({ unit: letters }), fc.array(fc.string()), fc.constant(undefined))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('tab', 'q', 'customer', 'after', '__proto__'), anything),
        (raw) => {
          expect(invoiceTabs).toContain(parseInvoiceFilters(raw).tab)
        },
      ),
    )
  })
})
