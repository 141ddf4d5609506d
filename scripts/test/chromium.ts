import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { root } from '../start/service'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
]

/**
 * A Chromium for the end-to-end tests: the one that CHROMIUM_PATH names, else an installed one, else Playwright's own,
 * which is downloaded, else the system's package, which is installed. Throws with a sentence when there is none.
 */
export function provideChromium(): string {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (works(given)) return given
    throw new Error(`CHROMIUM_PATH names ${given}, which does not run.`)
  }
  const found = [...installed(), chromium.executablePath()].find(works)
  if (found) return found
  console.log('Installing a Chromium for the end-to-end tests.')
  for (const install of [installPlaywrights, installDebians]) {
    install()
    const now = [chromium.executablePath(), ...installed()].find(works)
    if (now) return now
  }
  throw new Error('There is no Chromium and none could be installed: set CHROMIUM_PATH to one.')
}

function installed(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere]
}

/** Runs it, since a file may be there whose libraries are not. */
function works(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function installPlaywrights(): void {
  const command = ['node_modules/@playwright/test/cli.js', 'install', 'chromium']
  // A blocked download host may neither answer nor refuse.
  spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2], timeout: 300_000 })
}

function installDebians(): void {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive']
  for (const command of ['update', 'install --yes --no-install-recommends chromium']) {
    const [file = 'apt-get', ...rest] = [...asRoot, 'apt-get', ...command.split(' ')]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    if (spawnSync(file, rest, { env, stdio: ['ignore', 2, 2] }).status !== 0) return
  }
}
