import { spawn } from 'node:child_process'
import { root } from '../start/service'

const colors = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }

export type ToolRun = { code: number; stdout: string; stderr: string }

/** Runs a program of `node_modules` with Node, without the settings of this process, and gathers what it says. */
export function runTool(program: string, ...args: string[]): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`node_modules/${program}`, ...args], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', ...colors },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] += chunk
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, ...output }))
  })
}

/** What a check found: nothing, or text for the person who has to mend it. */
export type Finding = { ok: true; note: string } | { ok: false; text: string }

export const failed = ({ stdout, stderr }: ToolRun): Finding => ({
  ok: false,
  text: `${stdout}${stderr}`.trim(),
})
