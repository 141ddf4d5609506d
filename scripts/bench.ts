import { cpus, totalmem } from 'node:os'
import { benchList } from './bench/bench-list'
import { benchWebhook } from './bench/bench-webhook'
import { startOwnInstance } from './start/own-instance'
import type { RunningInstance } from './start/running-instance'

/*
 * `npm run bench`: what the application adds to the bare necessities, as ratios measured in one run, since absolute figures
 * move from machine to machine. `npm run bench -- webhook` or `-- list` runs one of them.
 */

const benches: Record<string, (instance: RunningInstance) => Promise<string[]>> = {
  webhook: benchWebhook,
  list: benchList,
}
const wanted = process.argv.slice(2)
const chosen = Object.entries(benches).filter(([name]) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0) {
  console.error(`There is no bench ${wanted.join(', ')}; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}

// A worker would fetch what the events name, and compete for the same two processors.
const { instance, stop } = await startOwnInstance('--without-worker')
Object.assign(process.env, instance.environment)
try {
  const [processor] = cpus()
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  )
  for (const [, bench] of chosen) console.log(`\n${(await bench(instance)).join('\n')}`)
} finally {
  await stop()
}
process.exit()
