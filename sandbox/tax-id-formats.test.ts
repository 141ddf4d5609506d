import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTaxIdValue, taxIdCountry, taxIdTypes, verificationOutcome } from '@/sandbox/tax-id-formats'

test('every type that the SDK knows has a format, and no other', () => {
  const types = readFileSync(
    new URL('../node_modules/stripe/esm/resources/TaxIds.d.ts', import.meta.url),
    'utf8',
  )
  const [, union = ''] = /namespace TaxIdCreateParams \{\s+type Type = ([^;]+);/.exec(types) ?? []
  const known = [...union.matchAll(/'(\w+)'/g)].map(([, type]) => type)
  expect(known.length).toBeGreaterThan(100)
  expect(taxIdTypes).toEqual(known.sort())
})

describe('values', () => {
  test.each([
    ['eu_vat', 'DE123456789'],
    ['eu_vat', 'ATU12345678'],
    ['eu_vat', 'NL123456789B12'],
    ['eu_vat', 'IE1234567AB'],
    ['eu_vat', 'EL123456789'],
    ['gb_vat', 'GB123456789'],
    ['gb_vat', 'GBHA500'],
    ['us_ein', '12-3456789'],
    ['us_ein', '123456789'],
    ['au_abn', '12345678912'],
    ['br_cnpj', '01.234.456/5432-10'],
    ['ca_gst_hst', '123456789RT0002'],
    ['ch_vat', 'CHE-123.456.789 MWST'],
    ['ch_uid', 'CHE123456789'],
    ['in_gst', '12ABCDE3456FGZH'],
    ['jp_trn', 'T1234567891234'],
    ['mx_rfc', 'ABC010203AB9'],
    ['no_vat', '123456789MVA'],
    ['sg_uen', '123456789F'],
    ['ve_rif', 'A-12345678-9'],
    ['bw_vat', 'C01234567890'],
    ['au_abn', '000000000'],
    ['eu_vat', '111111111'],
    ['eu_vat', 'FR222222222'],
  ])('%s takes %s', (type, value) => {
    expect(isTaxIdValue(type, value)).toBe(true)
  })

  test.each([
    ['eu_vat', 'DE12345678'],
    ['eu_vat', '123456789'],
    ['eu_vat', 'US123456789'],
    ['eu_vat', 'constructor'],
    ['gb_vat', '123456789'],
    ['us_ein', '000000000A'],
    ['us_ein', '12--3456789'],
    ['no_vat', '123456789MVB'],
    ['jp_cn', 'T1234567891234'],
    ['bw_vat', '<b>'],
    ['nobody', '1'],
  ])('%s does not take %s', (type, value) => {
    expect(isTaxIdValue(type, value)).toBe(false)
  })

  test('of another length than any variant are refused, whatever the type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...taxIdTypes), fc.stringMatching(/^[A-Z0-9]{26,40}$/), (type, value) => {
        expect(isTaxIdValue(type, value)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

test.each([
  ['eu_vat', 'DE123456789', 'DE'],
  ['eu_vat', 'EL123456789', 'GR'],
  ['eu_vat', 'XI123456789', 'GB'],
  ['eu_vat', '000000000', null],
  ['eu_oss_vat', 'EU123456789', null],
  ['gb_vat', 'GB123456789', 'GB'],
  ['ic_nif', 'A12345678', 'ES'],
  ['us_ein', '12-3456789', 'US'],
])('%s %s comes from %s', (type, value, country) => {
  expect(taxIdCountry(type, value)).toBe(country)
})

test.each([
  ['eu_vat', '000000000', 'verified'],
  ['eu_vat', 'DE111111111', 'unverified'],
  ['gb_vat', 'GB222222222', 'pending'],
  ['au_abn', '12345678912', 'verified'],
  ['us_ein', '00-0000000', 'unavailable'],
] as const)('verification finds %s %s %s', (type, value, outcome) => {
  expect(verificationOutcome(type, value)).toBe(outcome)
})
