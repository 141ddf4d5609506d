import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '@/sandbox/server'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-claim-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const start = (port?: number) => startSandbox({ dataDir: directory, port, quiet: true })

test('two sandboxes never write one journal', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(`Another sandbox is already using ${directory}, at ${first.url}.`)
  await expect(start(first.port)).rejects.toThrow(`Port ${first.port} on 127.0.0.1 is already taken.`)
  await first.close()
  await (await start()).close()
})

test('a claim whose holder died, or answers for something else, is void', async () => {
  writeFileSync(join(directory, 'running-at'), 'http://127.0.0.1:1\n')
  await (await start()).close()
  const other = await startSandbox({ quiet: true })
  writeFileSync(join(directory, 'running-at'), `${other.url}\n`)
  await (await start()).close()
  await other.close()
})
