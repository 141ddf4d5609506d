import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeNextPath, signInPath } from './next-path'

describe('safeNextPath', () => {
  it.each(['/invoices', '/invoices/in_1?tab=paid&q=a%20b', '/'])('keeps %s', (path) => {
    expect(safeNextPath(path)).toBe(path)
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'invoices',
    '',
    ' /invoices',
    undefined,
    null,
    ['/invoices', '/customers'],
  ])('sends %j to the overview', (next) => {
    expect(safeNextPath(next)).toBe('/')
  })

  it('never leaves the origin, whatever it is given', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '?',
      '#',
      '%2f',
      '\t',
      '\n',
      'evil.example',
      'https:',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = safeNextPath(`/${pieces.join('')}`)
        expect(new URL(path, 'https://desk.example').origin).toBe('https://desk.example')
      }),
    )
  })

  it('is its own fixed point', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const path = safeNextPath(`/${text}`)
        expect(safeNextPath(path)).toBe(path)
      }),
    )
  })
})

describe('signInPath', () => {
  it('says where to come back to', () => {
    expect(signInPath('/invoices?tab=paid')).toBe('/sign-in?next=%2Finvoices%3Ftab%3Dpaid')
    expect(signInPath('/')).toBe('/sign-in')
  })
})
