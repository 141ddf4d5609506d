import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'

const sandbox = useSandbox()

/** Asks for a websocket in words of one's own. @returns the status line of the answer, empty without one */
async function upgrade(target: string): Promise<string> {
  const { hostname, port } = new URL(sandbox.url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nWebsocket-Id: nobody\r\n\r\n`,
  )
  let answer = ''
  socket.on('data', (data) => {
    answer += data
  })
  await once(socket, 'close')
  return answer.split('\r\n')[0] ?? ''
}

test.each([
  '/',
  '/subscribe/acct_nobody',
  '/subscribe/acct_nobody?websocket_feature=webhooks',
  '//',
  'http://',
  '/%',
])('nobody gets a websocket at %s, and the sandbox lives on', async (target) => {
  expect(await upgrade(target)).toBe('HTTP/1.1 400 Bad Request')
  expect(await sandbox.control('GET', 'health')).toMatchObject({ ok: true })
})
