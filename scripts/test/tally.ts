import type { Count } from './layers'

export type LayerResult = { name: string; code: number; count: Count | undefined }

/**
 * Sums the layers up. A layer that crashed, or that should have had tests and ran none, counts as one failure, so that
 * "0 failed" always means that everything ran and passed.
 */
export function tally(
  results: LayerResult[],
  hasFilter: boolean,
): { lines: string[]; passed: number; failed: number } {
  const lines: string[] = []
  let [passed, failed] = [0, 0]
  for (const { name, code, count } of results) {
    const ran = count ? count.passed + count.failed : 0
    const isCrash = count === undefined || (code !== 0 && count.failed === 0 && !(hasFilter && ran === 0))
    const isEmpty = !hasFilter && ran === 0
    passed += count?.passed ?? 0
    failed += (count?.failed ?? 0) + (isCrash || isEmpty ? 1 : 0)
    lines.push(`${name}: ${sentence(count, isCrash, isEmpty)}`)
  }
  // A filter that matches nothing anywhere is a mistake of who typed it, not a success.
  if (hasFilter && passed + failed === 0) {
    failed = 1
    lines.push('No test matches.')
  }
  return { lines, passed, failed }
}

function sentence(count: Count | undefined, isCrash: boolean, isEmpty: boolean): string {
  const numbers = count ? `${count.passed} passed, ${count.failed} failed` : 'no report'
  const skipped = count?.skipped ? `, ${count.skipped} skipped` : ''
  if (isCrash) return `${numbers}${skipped}; it ended with an error of its own, counted as one failure`
  return `${numbers}${skipped}${isEmpty ? '; it ran no test, counted as one failure' : ''}`
}
