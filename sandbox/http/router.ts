/** What a router finds: `:` in a segment stands for an id. */
type Routed = { method: string; segments: string[] }

type Node<R> = { literal: Map<string, Node<R>>; id?: Node<R>; routes: Map<string, R> }

/** Ids in the path, in their order; a path without them has empty ones. */
export type PathIds = [id: string, child: string]

/** Finds what belongs to a method and path; a literal segment wins over an id. */
export function createRouter<R extends Routed>(routes: readonly R[]) {
  const root = node<R>()
  for (const route of routes) {
    let here = root
    for (const segment of route.segments) here = child(here, segment)
    here.routes.set(route.method, route)
  }

  return function match(method: string, pathname: string): { route: R; path: PathIds } | undefined {
    const ids: string[] = []
    let here: Node<R> | undefined = root
    for (const segment of pathname.split('/').slice(1)) {
      const literal: Node<R> | undefined = here.literal.get(segment)
      // No id is empty: an address that ends in a slash is none.
      if (!literal && segment === '') return undefined
      if (!literal) ids.push(decoded(segment))
      here = literal ?? here.id
      if (!here) return undefined
    }
    const route = here.routes.get(method)
    return route && { route, path: [ids[0] ?? '', ids[1] ?? ''] }
  }
}

/** An id as it was before it became part of an address; what is no encoding stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function node<R>(): Node<R> {
  return { literal: new Map(), routes: new Map() }
}

function child<R>(here: Node<R>, segment: string): Node<R> {
  if (segment.startsWith(':')) {
    here.id ??= node()
    return here.id
  }
  const known = here.literal.get(segment)
  if (known) return known
  const made = node<R>()
  here.literal.set(segment, made)
  return made
}
