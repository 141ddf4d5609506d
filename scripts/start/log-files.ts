import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

const kept = 3
const isStackFrame = /^\s+at /

/** Path of the log of `name`, begun anew: what an earlier run wrote moves to `<name>.1.log` and so on. */
export function beginLog(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = (age: number) => join(directory, age === 0 ? `${name}.log` : `${name}.${age}.log`)
  for (let age = kept - 1; age >= 0; age--) {
    if (existsSync(path(age))) renameSync(path(age), path(age + 1))
  }
  return path(0)
}

/** The last line that says something, for a sentence about why a process ended. Of a line of our own log, its message. */
export function lastLine(logFile: string): string {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n') : []
  const last = lines.findLast((line) => line.trim() !== '' && !isStackFrame.test(line))?.trim()
  return last === undefined ? 'it wrote nothing' : messageIn(last)
}

function messageIn(line: string): string {
  try {
    return String(JSON.parse(line).msg ?? line)
  } catch {
    return line
  }
}
