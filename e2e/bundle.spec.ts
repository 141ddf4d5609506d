import { expect, test } from '@playwright/test'
import { checkBundle } from '../scripts/check/bundle'

test('the bundle holds no secret and nothing of the sandbox', async () => {
  expect(await checkBundle()).toEqual({
    ok: true,
    note: expect.stringMatching(/^nothing secret in \d+ files/),
  })
})
