import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './layers'
import { tally } from './tally'

const good = { name: 'unit', code: 0, count: { passed: 3, failed: 0, skipped: 0 } }

test('sums layers that passed', () => {
  expect(tally([good, { ...good, name: 'db' }], false)).toMatchObject({ passed: 6, failed: 0 })
})

test('a crashed layer is a failure, with and without a report', () => {
  expect(tally([good, { name: 'e2e', code: 1, count: undefined }], false)).toMatchObject({
    passed: 3,
    failed: 1,
  })
  expect(tally([{ ...good, code: 1 }], false)).toMatchObject({ passed: 3, failed: 1 })
})

test('failed tests are not counted twice because the runner exits with an error', () => {
  const bad = { name: 'db', code: 1, count: { passed: 1, failed: 2, skipped: 0 } }
  expect(tally([bad], false)).toMatchObject({ passed: 1, failed: 2 })
})

test('a layer without tests is a failure, unless a filter left it out', () => {
  const empty = { name: 'contract', code: 1, count: { passed: 0, failed: 0, skipped: 4 } }
  expect(tally([good, empty], false)).toMatchObject({ passed: 3, failed: 1 })
  expect(tally([good, empty], true)).toMatchObject({ passed: 3, failed: 0 })
  expect(tally([empty], true)).toMatchObject({ passed: 0, failed: 1 })
})

test('a file that does not load counts as a failure', () => {
  const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0 }
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}, {}] },
  ]
  expect(countVitest({ ...report, testResults })).toEqual({ passed: 2, failed: 2, skipped: 1 })
})

test('a flaky test has failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
  expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 3, skipped: 3 })
})
