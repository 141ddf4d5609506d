import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { declarationsOf, sdkRoot } from '@/sandbox/contract/schema/declarations'
import { type Schema, schemaNamed } from '@/sandbox/contract/schema/schema'

/** The interfaces of the SDK by what they say in `object`: the living one and the deleted one. */
const places = new Map<string, { file: string; name: string }[]>()

const schemas = new Map<string, Schema>()

/**
 * The schema of everything that says `object: name` on the wire.
 * @throws Error when the SDK has no such object
 */
export function objectSchema(name: string): Schema {
  const known = schemas.get(name)
  if (known) return known
  if (places.size === 0) index()
  const found = places.get(name) ?? []
  if (found.length === 0) throw new Error(`The SDK knows no object '${name}'`)
  const of = found.map((place) => schemaNamed(declarationsOf(place.file), [place.name]))
  const schema: Schema = { is: 'union', of }
  schemas.set(name, schema)
  return schema
}

/** Only declarations at the top of a file are objects of the API; reading their text is enough to find them. */
function index(): void {
  for (const file of declarationFiles(join(sdkRoot, 'resources'))) {
    const text = readFileSync(file, 'utf8')
    for (const [, name = '', body = ''] of text.matchAll(/^export interface (\w+) {\n(.*?)^}/gms)) {
      const object = /^ {4}object: '([\w.]+)';$/m.exec(body)?.[1]
      if (object !== undefined) places.set(object, [...(places.get(object) ?? []), { file, name }])
    }
  }
  // The base of all events; which object each of them carries is said by their union.
  places.set('event', [{ file: join(sdkRoot, 'resources', 'Events.d.ts'), name: 'Event' }])
}

function declarationFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return entry.name === 'V2' ? [] : declarationFiles(path)
    return entry.name.endsWith('.d.ts') ? [path] : []
  })
}
