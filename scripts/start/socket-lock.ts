import { randomBytes } from 'node:crypto'
import { linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { codeOf } from './start-failure'

export type SocketLock = { isMine: true; release(): void } | { isMine: false; holder: string }

/**
 * A lock between processes at the socket `address`. A socket, not a file with a process number: the kernel closes it when
 * its holder dies, and no unrelated process can be taken for the holder. `introduction` is what others learn about us.
 */
export async function takeSocketLock(address: string, introduction: string): Promise<SocketLock> {
  // Listening happens under a name of our own, which closing removes whatever lies there; a link made of it is the lock.
  const mine = `${address}.${randomBytes(4).toString('hex')}`
  const server = await listen(mine, introduction)
  for (;;) {
    if (tryLink(mine, address)) return { isMine: true, release: releaser(server, mine, address) }
    const asked = inodeOf(address)
    const holder = await ask(address)
    if (holder !== undefined) {
      server.close()
      return { isMine: false, holder }
    }
    if (asked !== undefined) removeIfStill(asked, address, `${mine}.dead`)
  }
}

function tryLink(mine: string, address: string): boolean {
  try {
    linkSync(mine, address)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function releaser(server: Server, mine: string, address: string): () => void {
  const inode = inodeOf(mine)
  rmSync(mine)
  return () => {
    if (inodeOf(address) === inode) rmSync(address, { force: true })
    server.close()
  }
}

const inodeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino

/** Takes the dead socket away, and puts it back if somebody else has replaced it by a living one meanwhile. */
function removeIfStill(inode: number, address: string, aside: string): void {
  if (inodeOf(address) !== inode) return
  renameSync(address, aside)
  if (inodeOf(aside) !== inode) tryLink(aside, address)
  rmSync(aside, { force: true })
}

/** What the holder says; undefined when there is none. */
function ask(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(address)
    socket.setEncoding('utf8').setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(answer))
  })
}

function listen(address: string, introduction: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end(introduction))
    server.unref()
    server.once('error', reject)
    server.listen(address, () => resolve(server))
  })
}
