import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/config'
import { readSessionId } from '@/lib/auth/context'

type Route = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, route: Route): Promise<Response> {
  const { nextauth } = await route.params
  // next-auth's `_log` would let anybody write into our log.
  if (nextauth[0] === '_log') return new Response(null, { status: 404 })
  return NextAuth(request, route, authOptions(await readSessionId()))
}

export { handle as GET, handle as POST }
