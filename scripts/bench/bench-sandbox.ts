import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programArguments, root } from '../start/service'
import { ask, type Call, median, runLoad } from './load'

const invoices = 100_000
const rounds = 5
const starts = 3
const headers = { authorization: 'Bearer sk_test_bench00000000000', 'stripe-version': '2026-10-28.endive' }

type Program = { process: ChildProcess; url: string; readyMs: number }

/**
 * What the sandbox answers per second with 100,000 invoices in store, beside a bare `node:http` server that sends the same
 * bytes; and how long it takes to start on them, in how much memory.
 */
export async function benchSandbox(): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-sandbox-'))
  try {
    await seed(directory)
    const readyMs: number[] = []
    for (let start = 1; start < starts; start++) {
      const tried = await startSandbox(directory)
      readyMs.push(tried.readyMs)
      await end(tried)
    }
    const sandbox = await startSandbox(directory)
    readyMs.push(sandbox.readyMs)
    const atStart = memoryOf(sandbox)
    try {
      const lines = [
        `Sandbox with ${invoices.toLocaleString('en-US')} invoices: ready in ${(median(readyMs) / 1000).toFixed(1)} s (median of ${starts} starts), ${atStart} MB`,
        'Requests per second, median of rounds',
        '                           c   sandbox      echo     ratio',
        ...(await benchReads(sandbox.url)),
        ...(await benchWrites(sandbox.url)),
      ]
      return [...lines, `${memoryOf(sandbox)} MB afterwards`]
    } finally {
      await end(sandbox)
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function seed(directory: string): Promise<void> {
  const sandbox = await startSandbox(directory)
  // It takes minutes: longer than `fetch` would wait for an answer.
  const body = Buffer.from(JSON.stringify({ invoices, customers: 5000, months: 24 }))
  await runLoad([{ url: `${sandbox.url}/_sandbox/seed`, method: 'POST', headers, body }], 1)
  await end(sandbox)
}

async function benchReads(url: string): Promise<string[]> {
  const page = await read(`${url}/v1/invoices?limit=100`)
  const ids = (JSON.parse(page) as { data: { id: string }[] }).data.map(({ id }) => id)
  const one = await read(`${url}/v1/invoices/${ids[0]}`)
  const get = (path: string): Call => ({ url: url + path, method: 'GET', headers })
  const reads = [
    {
      name: 'GET one invoice',
      calls: (count: number) =>
        Array.from({ length: count }, (_, at) => get(`/v1/invoices/${ids[at % ids.length]}`)),
      body: one,
      count: 2000,
    },
    {
      name: 'GET list of 100',
      calls: (count: number) => Array.from({ length: count }, () => get('/v1/invoices?limit=100')),
      body: page,
      count: 200,
    },
  ]
  const lines: string[] = []
  for (const { name, calls, body, count } of reads) {
    const echo = await startEcho(body)
    try {
      for (const concurrency of [1, 16]) {
        const rates = { sandbox: [] as number[], echo: [] as number[] }
        for (let round = 0; round <= rounds; round++) {
          const own = await runLoad(calls(count), concurrency)
          const bare = await runLoad(
            Array.from({ length: count }, () => ({ url: echo.url, method: 'GET' as const, headers })),
            concurrency,
          )
          // The first round only warms up.
          if (round === 0) continue
          rates.sandbox.push((count / own.elapsed) * 1000)
          rates.echo.push((count / bare.elapsed) * 1000)
        }
        lines.push(row(name, concurrency, median(rates.sandbox), median(rates.echo)))
      }
    } finally {
      await end(echo)
    }
  }
  return lines
}

/** Each scene is three durable writes: an invoice, ten lines on it, and its finalization. */
async function benchWrites(url: string): Promise<string[]> {
  const agent = new Agent({ keepAlive: true })
  /** Answers the id of what was made or changed. */
  const post = async (path: string, body: string): Promise<string> => {
    const answer = await ask({ url: url + path, method: 'POST', headers, body: Buffer.from(body) }, agent)
    return (JSON.parse(answer) as { id: string }).id
  }
  const customer = await post('/v1/customers', 'name=Bench&email=bench@duebook.test')
  const lines: string[] = []
  for (const concurrency of [1, 16]) {
    const rates: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const scenes = Array.from({ length: 200 }).values()
      const start = performance.now()
      let writes = 0
      const lane = async () => {
        for (const _ of scenes) {
          const id = await post('/v1/invoices', `customer=${customer}&currency=usd`)
          await post(`/v1/invoices/${id}/add_lines`, tenLines)
          await post(`/v1/invoices/${id}/finalize`, '')
          writes += 3
        }
      }
      await Promise.all(Array.from({ length: concurrency }, lane))
      if (round > 0) rates.push((writes / (performance.now() - start)) * 1000)
    }
    lines.push(row('create, 10 lines, final.', concurrency, median(rates)))
  }
  agent.destroy()
  return lines
}

const tenLines = Array.from(
  { length: 10 },
  (_, at) => `lines[${at}][amount]=${1000 + at}&lines[${at}][description]=Line ${at}`,
).join('&')

function row(name: string, concurrency: number, rate: number, echo?: number): string {
  const columns = [rate.toFixed(0), echo?.toFixed(0) ?? '', echo ? (rate / echo).toFixed(2) : '']
  return `${name.padEnd(24)}${String(concurrency).padStart(4)}${columns.map((column) => column.padStart(10)).join('')}`
}

async function read(url: string): Promise<string> {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

function startSandbox(directory: string): Promise<Program> {
  return startProgram(['sandbox/main.ts', '--port', '0', '--data', directory], /ready on (\S+)/)
}

async function startEcho(body: string): Promise<Program> {
  const echo = await startProgram(['scripts/bench/bare-echo.ts'], /listening on (\S+)/)
  await fetch(echo.url, { method: 'POST', body })
  return echo
}

async function startProgram([program = '', ...flags]: string[], ready: RegExp): Promise<Program> {
  const start = performance.now()
  const child = spawn(process.execPath, [...programArguments(program), ...flags], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      const [, found] = ready.exec(output) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`${program} ended before it was ready: ${output}`)))
  })
  return { process: child, url, readyMs: performance.now() - start }
}

/** Resident memory in MB, where the operating system tells it in the way of Linux. */
function memoryOf({ process: { pid } }: Program): string {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return String(Math.round(Number(kilobytes) / 1024))
  } catch {
    return '?'
  }
}

async function end({ process: child }: Program): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
