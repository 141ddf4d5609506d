import { cpus, totalmem } from 'node:os'
import { benchList } from './bench/bench-list'
import { benchSandbox } from './bench/bench-sandbox'
import { benchWebhook } from './bench/bench-webhook'
import { startOwnInstance } from './start/own-instance'
import type { RunningInstance } from './start/running-instance'

/*
 * `npm run bench`: what the application adds to the bare necessities, as ratios measured in one run, since absolute figures
 * move from machine to machine. `npm run bench -- webhook`, `-- list` or `-- sandbox` runs one of them.
 */

/** Those that need the application, and those that start what they measure themselves. */
const benches: Record<string, (instance: RunningInstance) => Promise<string[]>> = {
  webhook: benchWebhook,
  list: benchList,
}
const ownBenches: Record<string, () => Promise<string[]>> = { sandbox: benchSandbox }

const names = [...Object.keys(ownBenches), ...Object.keys(benches)]
const asked = process.argv.slice(2)
const wanted = asked.length === 0 ? names : asked
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}; there are ${names.join(', ')}.`)
  process.exit(1)
}

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
