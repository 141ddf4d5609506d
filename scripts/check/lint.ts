import { type Finding, failed, runTool } from './run-tool'

/** Biome: rules, formatting, order of imports, circles. Warnings count. */
export async function checkLint(): Promise<Finding> {
  const biome = await runTool(
    '@biomejs/biome/bin/biome',
    'ci',
    '--error-on-warnings',
    '--max-diagnostics=50',
    '.',
  )
  return biome.code === 0 ? { ok: true, note: 'lint' } : failed(biome)
}
