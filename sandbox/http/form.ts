/** What a form parameter can be once its brackets are read: text, a list, or a hash without a prototype. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue }

export type DecodedForm =
  | { ok: true; value: { [key: string]: FormValue } }
  | { ok: false; message: string; param?: string }

export type FormLimits = { maxDepth?: number; maxPairs?: number }

const DEFAULT_MAX_DEPTH = 12
const DEFAULT_MAX_PAIRS = 20_000

/** Hashes whose keys belong to the caller: `metadata[2026]=x` names a key, everywhere else digits count. */
const CALLER_KEYED = new Set(['metadata', 'invoice_metadata'])

const INDEX = /^(?:0|[1-9]\d{0,8})$/

/** `isHash` turns true with the first key that cannot be an index, and then `a[]` no longer fits. */
type Branch = { named: Map<string, Node>; appended: Node[]; callerKeyed: boolean; isHash: boolean }
type Node = string | Branch

class Malformed extends Error {
  constructor(
    message: string,
    readonly param?: string,
  ) {
    super(message)
  }
}

/**
 * Decodes `application/x-www-form-urlencoded` text the way Stripe does: `a[b]=`, `a[0]=`, `a[]=`, brackets
 * literal or percent-encoded, and mixtures of them. In `a[][x]=1&a[][y]=2&a[][x]=3` a repeated key starts the
 * next element. Gaps between indices close up; a name that is given twice is refused, whichever was meant.
 *
 * Nothing is coerced: every leaf stays text, and an empty one stays empty, because only the parameter's type
 * says whether that means "unset".
 */
export function decodeForm(raw: string, limits: FormLimits = {}): DecodedForm {
  const maxDepth = limits.maxDepth ?? DEFAULT_MAX_DEPTH
  const pairs = raw.split('&').filter((pair) => pair !== '')
  if (pairs.length > (limits.maxPairs ?? DEFAULT_MAX_PAIRS)) {
    return { ok: false, message: 'The request has too many parameters.' }
  }
  const root = branch(false)
  try {
    for (const pair of pairs) {
      const equals = pair.indexOf('=')
      const name = decodeText(equals < 0 ? pair : pair.slice(0, equals))
      const path = parseName(name, maxDepth)
      insert(root, path, decodeText(equals < 0 ? '' : pair.slice(equals + 1), name), name)
    }
    return { ok: true, value: hashOf(root) }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message, param: error.param }
    throw error
  }
}

function branch(callerKeyed: boolean): Branch {
  return { named: new Map(), appended: [], callerKeyed, isHash: false }
}

function decodeText(text: string, param?: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Malformed('Invalid percent-encoding in the request.', param)
  }
}

/** `lines[0][amount]` becomes `['lines', '0', 'amount']`; an empty bracket becomes an empty segment. */
function parseName(name: string, maxDepth: number): [string, ...string[]] {
  const open = name.indexOf('[')
  const head = open < 0 ? name : name.slice(0, open)
  if (head === '' || head.includes(']'))
    throw new Malformed('Invalid parameter name.', name.slice(0, 100) || undefined)
  if (open < 0) return [head]
  const tail = name.slice(open)
  if (!/^(?:\[[^[\]]*\])+$/.test(tail)) throw new Malformed('Unbalanced brackets.', name.slice(0, 100))
  const segments = tail.slice(1, -1).split('][')
  if (segments.length >= maxDepth) {
    throw new Malformed(`Parameters may be nested at most ${maxDepth} levels deep.`, head)
  }
  return [head, ...segments]
}

function insert(root: Branch, path: [string, ...string[]], value: string, param: string): void {
  let here = root
  const last = path.length - 1
  for (const [depth, segment] of path.entries()) {
    if (depth < last) here = descend(here, segment, path.slice(depth + 1), param)
    else if (here.named.has(segment)) throw again(here.named.get(segment), param)
    else attach(here, segment, value, param)
  }
}

function descend(here: Branch, segment: string, rest: string[], param: string): Branch {
  const known = segment === '' ? here.appended.at(-1) : here.named.get(segment)
  if (typeof known === 'object' && (segment !== '' || !holds(known, rest))) return known
  if (typeof known === 'string' && segment !== '') throw mixed(param)
  const made = branch(CALLER_KEYED.has(segment))
  attach(here, segment, made, param)
  return made
}

function attach(here: Branch, segment: string, child: Node, param: string): void {
  if (segment === '') here.appended.push(child)
  else {
    here.named.set(segment, child)
    here.isHash ||= here.callerKeyed || !INDEX.test(segment)
  }
  if (here.isHash && here.appended.length > 0) throw mixed(param)
}

/** Whether the path already leads to a leaf, which is when `a[][x]` starts the next element. */
function holds(here: Branch, path: string[]): boolean {
  let node: Node | undefined = here
  for (const segment of path) {
    if (segment === '' || typeof node !== 'object') return false
    node = node.named.get(segment)
  }
  return node !== undefined
}

function again(known: Node | undefined, param: string): Malformed {
  return typeof known === 'object' ? mixed(param) : new Malformed('The parameter is given twice.', param)
}

function mixed(param: string): Malformed {
  return new Malformed('The parameter is given in more than one shape.', param)
}

function plain(node: Node): FormValue {
  if (typeof node === 'string') return node
  if (node.isHash) return hashOf(node)
  const indexed = [...node.named].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
  return [...indexed, ...node.appended].map(plain)
}

function hashOf(here: Branch): { [key: string]: FormValue } {
  const hash: { [key: string]: FormValue } = Object.create(null)
  for (const [key, child] of here.named) hash[key] = plain(child)
  return hash
}
