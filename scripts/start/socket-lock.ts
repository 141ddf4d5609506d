import { rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type SocketLock = { isMine: true; release(): void } | { isMine: false; holder: string }

/**
 * A lock between processes at the socket `address`. A socket, not a file with a process number: the kernel closes it when
 * its holder dies, and no unrelated process can be taken for the holder. `introduction` is what others learn about us.
 */
export async function takeSocketLock(address: string, introduction: string): Promise<SocketLock> {
  const holder = await ask(address)
  if (holder !== undefined) return { isMine: false, holder }
  rmSync(address, { force: true })
  const server = await listen(address, introduction)
  const mine = statSync(address).ino
  // Two that found the same dead socket both get here, and the later one has replaced the earlier one's.
  await sleep(50)
  if (statSync(address, { throwIfNoEntry: false })?.ino !== mine) {
    server.close()
    return { isMine: false, holder: (await ask(address)) ?? '' }
  }
  return {
    isMine: true,
    release: () => {
      server.close()
      rmSync(address, { force: true })
    },
  }
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
