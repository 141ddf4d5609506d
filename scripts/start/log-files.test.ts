import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { beginLog, lastLine } from './log-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duebook-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('keeps the logs of the last three runs', () => {
  for (const run of ['1', '2', '3', '4', '5']) writeFileSync(beginLog(folder, 'web'), run)
  expect(
    ['web.log', 'web.1.log', 'web.2.log', 'web.3.log'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    ),
  ).toEqual(['5', '4', '3', '2'])
})

test('the last line is one that says something', () => {
  const file = join(folder, 'x.log')
  expect(lastLine(file)).toBe('it wrote nothing')
  writeFileSync(
    file,
    'starting\nError: no build\n    at start (server.js:1:2)\n    at ignore-listed frames\n\n',
  )
  expect(lastLine(file)).toBe('Error: no build')
  appendFileSync(file, '{"level":50,"err":{"stack":"Error: x\\n    at y"},"msg":"could not listen"}\n')
  expect(lastLine(file)).toBe('could not listen')
  appendFileSync(file, 'null\n')
  expect(lastLine(file)).toBe('null')
})
