import type { Endpoint, PathIds } from '@/sandbox/http/endpoint'

type Node = { literal: Map<string, Node>; id?: Node; endpoints: Map<string, Endpoint> }

type Match = { endpoint: Endpoint; path: PathIds }

/** Finds the endpoint of a method and path; a literal segment wins over an id. */
export function createRouter(endpoints: readonly Endpoint[]) {
  const root = node()
  for (const endpoint of endpoints) {
    let here = root
    for (const segment of endpoint.segments) here = child(here, segment)
    here.endpoints.set(endpoint.method, endpoint)
  }

  return function match(method: string, pathname: string): Match | undefined {
    const ids: string[] = []
    let here: Node | undefined = root
    for (const segment of pathname.split('/').slice(1)) {
      const literal: Node | undefined = here.literal.get(segment)
      if (!literal) ids.push(segment)
      here = literal ?? here.id
      if (!here) return undefined
    }
    const endpoint = here.endpoints.get(method)
    return endpoint && { endpoint, path: [ids[0] ?? '', ids[1] ?? ''] }
  }
}

function node(): Node {
  return { literal: new Map(), endpoints: new Map() }
}

function child(here: Node, segment: string): Node {
  if (segment.startsWith(':')) {
    here.id ??= node()
    return here.id
  }
  const known = here.literal.get(segment)
  if (known) return known
  const made = node()
  here.literal.set(segment, made)
  return made
}
