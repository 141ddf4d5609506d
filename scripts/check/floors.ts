import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../start/service'
import { type Finding, failed, runTool } from './run-tool'
import { importsOnlyTypes } from './type-imports'

const folders = ['app', 'components', 'lib', 'sandbox', 'scripts', 'e2e']
const others = ['proxy.ts']

const reportSchema = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ module: z.string(), resolved: z.string() })),
    }),
  ),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})
type Report = z.infer<typeof reportSchema>

// The report names rules and leaves out what they are for.
const rulesSchema = z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) })
const { forbidden } = rulesSchema.parse(createRequire(import.meta.url)('../../.dependency-cruiser.cjs'))
const purposes = new Map(forbidden.map(({ name, comment }) => [name, comment]))

/** dependency-cruiser's rules over every source file; fails when it has not seen one, for then it would find nothing. */
export async function checkFloors(): Promise<Finding> {
  const run = await runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders, ...others],
  )
  if (!run.stdout.startsWith('{')) return failed(run)
  const report = reportSchema.parse(JSON.parse(run.stdout))
  const cruised = new Set(report.modules.map(({ source }) => source))
  const unseen = sourceFiles().filter((file) => !cruised.has(file))
  if (unseen.length > 0) return { ok: false, text: `Not cruised, so not checked: ${unseen.join(', ')}` }
  const violations = report.summary.violations.filter((violation) => !isAllowedType(report, violation))
  if (violations.length === 0) return { ok: true, note: `floors of ${cruised.size} modules` }
  const lines = violations.map(
    ({ rule, from, to }) =>
      `${rule.name}: ${from}${to === from ? '' : ` → ${to}`}\n    ${purposes.get(rule.name)}`,
  )
  return { ok: false, text: lines.sort().join('\n') }
}

function sourceFiles(): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/')),
  )
}

function isAllowedType(report: Report, violation: Report['summary']['violations'][number]): boolean {
  if (!purposes.get(violation.rule.name)?.endsWith('(import type is allowed)')) return false
  const from = report.modules.find(({ source }) => source === violation.from)
  const dependency = from?.dependencies.find(({ resolved }) => resolved === violation.to)
  if (dependency === undefined) return false
  return importsOnlyTypes(readFileSync(join(root, violation.from), 'utf8'), dependency.module)
}
