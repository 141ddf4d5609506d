import { type Finding, failed, runTool } from './run-tool'

/** knip: files, exports and dependencies that nothing uses, and dependencies that are used but not named. */
export async function checkDeadCode(): Promise<Finding> {
  const knip = await runTool('knip/bin/knip.js', '--no-progress')
  return knip.code === 0 ? { ok: true, note: 'no dead code' } : failed(knip)
}
