import { type Finding, failed, runTool } from './run-tool'

/** tsc over everything, after Next has written the types of routes, which a fresh checkout lacks. */
export async function checkTypes(): Promise<Finding> {
  const typegen = await runTool('next/dist/bin/next', 'typegen')
  if (typegen.code !== 0) return failed(typegen)
  const tsc = await runTool('typescript/bin/tsc', '--noEmit', '--project', '.')
  return tsc.code === 0 ? { ok: true, note: 'types' } : failed(tsc)
}
