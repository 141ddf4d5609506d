import { describe, expect, it } from 'vitest'
import { queryString } from './fetch-json'

describe('queryString', () => {
  it('leaves out what is not asked for', () => {
    expect(queryString({ search: '', after: null, archived: false })).toBe('')
  })

  it('escapes', () => {
    expect(queryString({ search: 'a&b=c', archived: true })).toBe('?search=a%26b%3Dc&archived=true')
  })
})
