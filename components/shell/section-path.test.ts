import { describe, expect, it } from 'vitest'
import { isInSection } from './section-path'

describe('isInSection', () => {
  it.each([
    ['/', '/', true],
    ['/invoices', '/', false],
    ['/invoices', '/invoices', true],
    ['/invoices/in_123', '/invoices', true],
    ['/invoices-of-old', '/invoices', false],
    ['/', '/invoices', false],
  ])('%s in %s: %s', (path, href, isIn) => {
    expect(isInSection(path, href)).toBe(isIn)
  })
})
