import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openHome } from './home'
import { StartFailure } from './start-failure'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duebook-home-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('makes its secrets once and finds them again', () => {
  const path = join(folder, 'deep/home')
  const first = openHome(path)
  first.keep({ sandboxPort: 4243 })
  expect(openHome(path).kept).toEqual({ ...first.kept, sandboxPort: 4243 })
  expect(first.kept.nextAuthSecret.length).toBeGreaterThanOrEqual(32)
  expect(first.kept.sandboxKey).toMatch(/^sk_test_\w+$/)
})

test('only its owner may read the secrets', () => {
  openHome(folder)
  expect(statSync(join(folder, 'kept.json')).mode & 0o777).toBe(0o600)
})

test('no two homes share a secret', () => {
  const [one, other] = [openHome(join(folder, 'a')).kept, openHome(join(folder, 'b')).kept]
  for (const name of ['nextAuthSecret', 'postgresPassword', 'sandboxKey', 'sandboxWebhookSecret'] as const) {
    expect(one[name]).not.toBe(other[name])
  }
})

test('damaged secrets stop the start instead of being made anew', () => {
  openHome(folder)
  writeFileSync(join(folder, 'kept.json'), readFileSync(join(folder, 'kept.json'), 'utf8').slice(0, -20))
  expect(() => openHome(folder)).toThrow(StartFailure)
})

test('a file in its place is explained', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => openHome(join(folder, 'file'))).toThrow(/DUEBOOK_HOME .* cannot be read and written/)
  expect(() => openHome(join(folder, 'file/home'))).toThrow(/not a directory/)
})

test.runIf(process.getuid?.() !== 0)('a directory of somebody else is explained', () => {
  chmodSync(folder, 0o500)
  expect(() => openHome(join(folder, 'home'))).toThrow(/permission denied/)
  chmodSync(folder, 0o700)
})
