import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../start/service'
import { provideChromium } from './chromium'

export type Count = { passed: number; failed: number; skipped: number }
export type Layer = (
  filter: string[],
  reportFile: string,
) => Promise<{ code: number; count: Count | undefined }>

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
})

export const layers = {
  unit: vitest('unit'),
  contract: vitest('contract'),
  db: vitest('db'),
  e2e: playwright,
} satisfies Record<string, Layer>

function vitest(project: string): Layer {
  return async (filter, reportFile) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
    const code = await run('vitest/vitest.mjs', ['run', '--project', project, ...reporters, ...filter])
    return { code, count: readReport(reportFile, (json) => countVitest(vitestReport.parse(json))) }
  }
}

/** A file that fails before its first test has no test that failed: it counts as one. */
export function countVitest(report: z.infer<typeof vitestReport>): Count {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

async function playwright(filter: string[], reportFile: string) {
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json', ...filter], {
    CHROMIUM_PATH: provideChromium(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
  })
  return { code, count: readReport(reportFile, (json) => countPlaywright(playwrightReport.parse(json))) }
}

/** A test that passes only when repeated has failed. */
export function countPlaywright({ stats }: z.infer<typeof playwrightReport>): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

function readReport(file: string, count: (json: unknown) => Count): Count | undefined {
  if (!existsSync(file)) return undefined
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  } finally {
    rmSync(file, { force: true })
  }
}

function run(program: string, args: string[], extra: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', program), ...args], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', ...extra },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })
}
