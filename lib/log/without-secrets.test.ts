import { describe, expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets'

describe('withoutSecrets', () => {
  it.each([
    ['Invalid API Key provided: sk_test_51Habc_DEF', 'Invalid API Key provided: sk_test_…'],
    ['rk_live_abc123"', 'rk_live_…"'],
    ['whsec_a+b/c=, whsec_old', 'whsec_…, whsec_…'],
    ['pi_3Abc_secret_xyz', 'pi_3Abc_secret_…'],
    ['postgresql://duebook:hunter2@db:5432/x', 'postgresql://duebook:…@db:5432/x'],
    ['GET /i/4f3Jx_2kq8-ZpLmN0aBcDeFgHiJkLmNoPqRsTuVwXyZ/pay', 'GET /i/…/pay'],
    ['next-auth.session-token=eyJ.a.b; theme=dark', 'next-auth.session-token=…; theme=dark'],
    ['"authorization":"Bearer sk_live_abc"', '"authorization":"Bearer …"'],
  ])('%s', (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected)
  })

  it('leaves JSON parseable and everything else as it is', () => {
    const line = JSON.stringify({ msg: 'say "whsec_abc"\n', url: 'https://a.example/i/', id: 'in_1Abc' })
    expect(JSON.parse(withoutSecrets(line))).toEqual({
      msg: 'say "whsec_…"\n',
      url: 'https://a.example/i/',
      id: 'in_1Abc',
    })
  })
})
