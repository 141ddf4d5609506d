// Makes a fresh checkout runnable, then runs a TypeScript program of it: `node scripts/bootstrap.mjs scripts/start.ts [arguments]`.
// Plain Node without dependencies, because it runs before there are any.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import './follow-parent.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNode = [20, 19]
const developerPrograms = [
  'scripts/test.ts',
  'scripts/check.ts',
  'scripts/bench.ts',
  'scripts/screenshots.ts',
]

const [program, ...programArguments] = process.argv.slice(2)
if (program === undefined) fail('Say which program to run: node scripts/bootstrap.mjs scripts/start.ts')
checkNodeVersion()
const needsDevelopment = developerPrograms.includes(program)
if (!isInstalled(needsDevelopment) || !isClientGenerated()) await prepare()
run()

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  fail(`Duebook needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`)
}

/**
 * Compares what the lock file asks for with what npm wrote into `node_modules` when it last finished there.
 * An interrupted installation has no such record; one made on another kind of machine lists that machine's binaries.
 */
function isInstalled(withDevelopment) {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const isForHere = ({ os, cpu }) =>
    (os === undefined || os.includes(process.platform)) && (cpu === undefined || cpu.includes(process.arch))
  const mayBeMissing = (entry) => entry.optional || entry.devOptional || (entry.dev && !withDevelopment)
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const present = installed[path]
    if (present === undefined) return mayBeMissing(entry)
    return present.version === entry.version && isForHere(present)
  })
}

/** The generated Prisma client carries the schema that it was made from. */
function isClientGenerated() {
  const generated = join(root, 'lib/db/generated/internal/class.ts')
  if (!existsSync(generated)) return false
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
  return readFileSync(generated, 'utf8').includes(JSON.stringify(schema))
}

/** Installs and generates what is missing, one process at a time. */
async function prepare() {
  const release = await takeLock()
  try {
    if (!isInstalled(needsDevelopment)) install()
    if (!isClientGenerated()) generateClient()
  } finally {
    release()
  }
}

/** The lock lies outside the checkout: `npm ci` empties `node_modules`. */
async function takeLock() {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `duebook-prepare-${name}.lock`)
  for (let waited = false; ; waited = true) {
    const mine = `${lock}.${process.pid}`
    writeFileSync(mine, String(process.pid))
    try {
      // A link appears with its content or not at all.
      linkSync(mine, lock)
      process.once('exit', () => rmSync(lock, { force: true }))
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    } finally {
      rmSync(mine, { force: true })
    }
    if (!waited) console.error('Another process is installing dependencies here; waiting for it.')
    await sleep(300)
    if (!isHeld(lock)) rmSync(lock, { force: true })
  }
}

function isHeld(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    return holder > 0 && process.kill(holder, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function install() {
  console.error('Installing dependencies; the first time takes about a minute.')
  const npm = process.env.npm_execpath
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const [file, ...first] = [...command, 'ci', '--include=dev', '--loglevel=error']
  const done = spawnSync(file, first, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.error) fail(`npm could not be run: ${done.error.message}`)
  if (done.status !== 0)
    fail('The dependencies could not be installed: npm says why above. The npm registry must be reachable.')
}

function generateClient() {
  const prisma = createRequire(join(root, 'package.json')).resolve('prisma/build/index.js')
  const done = spawnSync(process.execPath, [prisma, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    // Generating TypeScript needs no engine, yet the CLI downloads one unless it is told where one lies.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  if (done.status !== 0) fail(`The Prisma client could not be generated.\n${done.stdout}${done.stderr}`)
  // The compiler would go on telling what it found with the one before.
  rmSync(join(root, 'tsconfig.tsbuildinfo'), { force: true })
}

function run() {
  const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href
  const followParent = new URL('follow-parent.mjs', import.meta.url).href
  const child = spawn(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      tsx,
      '--import',
      followParent,
      resolve(root, program),
      ...programArguments,
    ],
    {
      cwd: root,
      env: { ...process.env, DUEBOOK_STARTER: String(process.pid) },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  )
  // A terminal sends Ctrl-C to the child as well; a service manager signals this process alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('message', (message) => process.send?.(message))
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
  child.on('error', (error) => fail(`${program} could not be run: ${error.message}`))
}
