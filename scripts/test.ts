import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Layer, layers } from './test/layers'
import { type LayerResult, tally } from './test/tally'

/*
 * `npm test` runs every layer, `npm test -- db e2e` some of them, `npm test -- unit money` those tests of a layer whose
 * file matches. The last line is `N passed, N failed`.
 */

const words = process.argv.slice(2)
const isLayer = (word: string): word is keyof typeof layers => Object.hasOwn(layers, word)
const wanted = words.filter(isLayer)
const filter = words.filter((word) => !isLayer(word))
const chosen: [string, Layer][] = Object.entries(layers).filter(
  ([name]) => wanted.length === 0 || wanted.some((one) => one === name),
)

const reports = mkdtempSync(join(tmpdir(), 'duebook-tests-'))
const results: LayerResult[] = []
for (const [name, layer] of chosen) {
  console.log(`\n── ${name} ──`)
  results.push({ name, ...(await runLayer(name, layer)) })
}
rmSync(reports, { recursive: true, force: true })
const { lines, passed, failed } = tally(results, filter.length > 0)
console.log(`\n${lines.join('\n')}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function runLayer(name: string, layer: Layer): Promise<Omit<LayerResult, 'name'>> {
  try {
    return await layer(filter, join(reports, `${name}.json`))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { code: 1, count: undefined }
  }
}
