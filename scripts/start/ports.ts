import { createServer } from 'node:net'

/** The free port that `listen` gets: `preferred` if nobody has it, else any. */
export async function findPort(preferred?: number): Promise<number> {
  return await tryPort(preferred ?? 0, '127.0.0.1').catch(() => tryPort(0, '127.0.0.1'))
}

/** Listens on `port` for a moment and answers which it got; rejects with the system's error when that is not possible. */
export function tryPort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no address'))
      })
    })
  })
}
