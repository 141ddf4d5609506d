/** The process answers; whether it can do its work `/readyz` tells. */
export function GET(): Response {
  return Response.json({ alive: true }, { headers: { 'cache-control': 'no-store' } })
}
