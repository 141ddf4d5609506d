import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourceHash } from './source-hash'

let root: string
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'duebook-hash-'))
  write('app/page.tsx', 'one')
  write('lib/db/client.ts', 'two')
  write('package-lock.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true }))

test.each([
  ['app/page.tsx', 'changed'],
  ['app/new.tsx', ''],
  ['components/ui/button.tsx', 'three'],
  ['prisma/schema.prisma', 'model'],
  ['package-lock.json', '{"a":1}'],
])('%s counts', (path, content) => {
  const before = sourceHash(root)
  write(path, content)
  expect(sourceHash(root)).not.toBe(before)
})

test.each([
  'lib/db/generated/client.ts',
  'app/page.test.tsx',
  'scripts/start.ts',
  'README.md',
  'sandbox/main.ts',
])('%s does not count', (path) => {
  const before = sourceHash(root)
  write(path, 'anything')
  expect(sourceHash(root)).toBe(before)
})

test('a checkout with other times has the same fingerprint', () => {
  const before = sourceHash(root)
  utimesSync(join(root, 'app/page.tsx'), 1, 1)
  expect(sourceHash(root)).toBe(before)
})

test('content cannot pretend to be another file', () => {
  write('app/a', 'b')
  const before = sourceHash(root)
  rmSync(join(root, 'app/a'))
  write('app/a\nb', '')
  expect(sourceHash(root)).not.toBe(before)
})
