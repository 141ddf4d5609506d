import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findPort, tryPort } from './ports'

async function occupied(): Promise<{ port: number; release(): void }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, release: () => server.close() }
}

test('a taken port is refused with the code of the system', async () => {
  const { port, release } = await occupied()
  await expect(tryPort(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })
  release()
})

test('another port is found where the preferred one is taken, and the preferred one where it is free', async () => {
  const { port, release } = await occupied()
  expect(await findPort(port)).not.toBe(port)
  release()
  expect(await findPort(port)).toBe(port)
})

test('a port that was tried is free again', async () => {
  const port = await findPort()
  expect(await tryPort(port, '127.0.0.1')).toBe(port)
})
