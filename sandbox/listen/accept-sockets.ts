import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { addressOf } from '@/sandbox/http/address'
import type { Sessions } from '@/sandbox/listen/sessions'

const protocol = 'stripecli-devproxy-v1'

/** Largest frame that a CLI may send, in bytes. */
const largestFrame = 1024 * 1024

/**
 * Lets CLIs connect to the sessions that they have opened, over websockets of the one port.
 * @param sessions resolves once the sandbox is ready
 */
export function acceptSockets(server: Server, sessions: () => Promise<Sessions>): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestFrame,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  })
  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else listens to what goes wrong with it.
    socket.on('error', () => socket.destroy())
    sessions().then(
      (known) => accept(sockets, known, request, socket, head),
      () => socket.destroy(),
    )
  })
}

function accept(
  sockets: WebSocketServer,
  sessions: Sessions,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const url = addressOf(request.url)
  const id = String(request.headers['websocket-id'] ?? '')
  const session = url.pathname.startsWith('/subscribe/')
    ? sessions.find(id, url.searchParams.get('websocket_feature'))
    : undefined
  if (session) sockets.handleUpgrade(request, socket, head, (opened) => sessions.connect(session, opened))
  else refuse(socket)
}

/** In these words, because by them the CLI knows that it has to open another session. */
function refuse(socket: Duplex): void {
  const body = JSON.stringify({
    error: { type: 'invalid_request_error', message: 'Unknown WebSocket ID.' },
  })
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/json', 'Connection: close']
  socket.end(`${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`)
}
