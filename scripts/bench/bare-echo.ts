import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * What an answer costs at least: node:http and the bytes, nothing else. It is given them once by POST, and sends them for
 * every GET. A program of its own, so that it has a process to itself as the sandbox has.
 */

let body = Buffer.alloc(0)

const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    body = Buffer.concat(chunks)
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})
