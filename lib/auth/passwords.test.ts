import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, TooBusy } from './passwords'

describe('passwords', () => {
  it('are recognized, and others are not', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPassword('correct horse battery', hash)).toBe(true)
    expect(await isPassword('correct horse battery ', hash)).toBe(false)
    expect(await isPassword('', hash)).toBe(false)
  })

  it('belong to nobody when there is no hash', async () => {
    expect(await isPassword('anything at all', null)).toBe(false)
  })

  it('of 128 characters count to the last one', async () => {
    const long = 'x'.repeat(127)
    const hash = await hashPassword(`${long}a`)
    expect(await isPassword(`${long}a`, hash)).toBe(true)
    expect(await isPassword(`${long}b`, hash)).toBe(false)
  })

  it('are the same on keyboards that compose letters differently', async () => {
    const hash = await hashPassword('Kr\u00e4henf\u00fc\u00dfe')
    expect(await isPassword('Kra\u0308henfu\u0308\u00dfe', hash)).toBe(true)
  })

  it('beyond a kilobyte are refused without computing anything', async () => {
    const long = 'x'.repeat(1025)
    const hash = await hashPassword(long)
    const flood = Array.from({ length: 1000 }, () => isPassword(long, hash))
    expect(new Set(await Promise.all(flood))).toEqual(new Set([false]))
  })

  it('are checked two at a time; beyond fifty waiting there is an answer at once', async () => {
    const hash = await hashPassword('correct horse battery')
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, () => isPassword('correct horse battery', hash)),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused).toHaveLength(60 - 2 - 50)
    expect(refused.every((answer) => answer.reason instanceof TooBusy)).toBe(true)
    expect(await isPassword('correct horse battery', hash)).toBe(true)
  })
})
