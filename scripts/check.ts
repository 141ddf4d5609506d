import { availableParallelism } from 'node:os'
import { checkBundle } from './check/bundle'
import { checkDeadCode } from './check/dead-code'
import { checkFloors } from './check/floors'
import { checkLint } from './check/lint'
import type { Finding } from './check/run-tool'
import { checkTypes } from './check/types'

/* `npm run check`: what can be proved without running anything. `npm run check -- types lint` runs only those. */

const checks: Record<string, () => Promise<Finding>> = {
  types: checkTypes,
  lint: checkLint,
  floors: checkFloors,
  'dead-code': checkDeadCode,
  bundle: checkBundle,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(checks, name))
if (unknown.length > 0) {
  console.error(`There is no check named ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`)
  process.exit(1)
}

const waiting = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const total = waiting.length
let failures = 0
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, runNext))
console.log(failures === 0 ? `All ${total} checks passed.` : `${failures} of ${total} checks failed.`)
process.exit(failures === 0 ? 0 : 1)

async function runNext(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, check] = next
    const startedAt = Date.now()
    const finding = await check()
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    if (finding.ok) {
      console.log(`ok    ${name.padEnd(10)} ${seconds.padStart(5)} s  ${finding.note}`)
    } else {
      failures += 1
      console.log(`FAIL  ${name.padEnd(10)} ${seconds.padStart(5)} s\n${finding.text}\n`)
    }
  }
}
