import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchList } from './bench/bench-list'
import { benchSandbox } from './bench/bench-sandbox'
import { benchWebhooks } from './bench/bench-webhooks'
import { startOwnInstance } from './start/own-instance'
import type { RunningInstance } from './start/running-instance'

/*
 * `npm run bench`: what the application adds to the bare necessities, as ratios measured in one run, since absolute figures
 * move from machine to machine. `npm run bench -- webhooks`, `-- list` or `-- sandbox` runs one of them; `--events 2000` and
 * `--invoices 100` make the webhooks quicker.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '12000' }, invoices: { type: 'string', default: '500' } },
})
const sizes = { events: readSize('events'), invoices: readSize('invoices') }

/** Those that need the application without a worker, and those that start what they measure themselves. */
const benches: Record<string, (instance: RunningInstance) => Promise<string[]>> = { list: benchList }
const ownBenches: Record<string, () => Promise<string[]>> = {
  sandbox: benchSandbox,
  webhooks: () => benchWebhooks(sizes),
}

const names = [...Object.keys(ownBenches), ...Object.keys(benches)]
const wanted = positionals.length === 0 ? names : positionals
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) fail(`There is no bench ${unknown}; there are ${names.join(', ')}.`)

const [processor] = cpus()
console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
)
const print = (lines: string[]) => console.log(`\n${lines.join('\n')}`)

for (const [name, bench] of Object.entries(ownBenches)) if (wanted.includes(name)) print(await bench())

const chosen = Object.entries(benches).filter(([name]) => wanted.includes(name))
if (chosen.length > 0) {
  // A worker would fetch what the events name, and compete for the same two processors.
  const { instance, stop } = await startOwnInstance('--without-worker')
  Object.assign(process.env, instance.environment)
  try {
    for (const [, bench] of chosen) print(await bench(instance))
  } finally {
    await stop()
  }
}
process.exit()

function readSize(name: 'events' | 'invoices'): number {
  const size = Number(values[name])
  if (!Number.isSafeInteger(size) || size < 1) fail(`--${name} ${values[name]} is not a number of them.`)
  return size
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
