import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClassMethod, TsType } from '@swc/core'
import { declarationsOf, sdkRoot } from '@/sandbox/contract/schema/declarations'
import { type ObjectSchema, type Schema, schemaOf } from '@/sandbox/contract/schema/schema'

/** One method of the SDK: what it sends where. */
export type SdkMethod = {
  /** `invoices.finalizeInvoice` */
  name: string
  verb: 'GET' | 'POST' | 'DELETE'
  /** `/v1/invoices/:id/finalize` */
  path: string
  /** Undefined for a method without parameters. */
  params: ObjectSchema | undefined
}

/**
 * The methods of one of the SDK's resources, from its declarations and from the paths in its code.
 * @param file as in `resources/`, without ending: `Invoices`, `TestHelpers/TestClocks`
 */
export function methodsOf(file: string): SdkMethod[] {
  const scope = declarationsOf(join(sdkRoot, 'resources', `${file}.d.ts`))
  const code = readFileSync(join(sdkRoot, 'resources', `${file}.js`), 'utf8')
  const places = new Map(requestsIn(code))
  const [resource] = [...scope.classes.values()]
  if (!resource) throw new Error(`The SDK has no resource ${file}`)
  return resource.body.flatMap((member) => {
    if (member.type !== 'ClassMethod' || member.key.type !== 'Identifier') return []
    const name = member.key.value
    const place = places.get(name)
    if (!place) throw new Error(`${file}.${name} sends no request`)
    const type = paramsOf(member)
    const params = type && asObject(schemaOf(type, scope))
    return [{ name: `${camel(file)}.${name}`, ...place, params }]
  })
}

type Place = Pick<SdkMethod, 'verb' | 'path'>

function requestsIn(code: string): [string, Place][] {
  const requests = code.matchAll(
    /^ {4}(\w+)\([\w, ]*\) {\n\s+return this\._makeRequest\('(\w+)', [`']([^`']+)[`']/gm,
  )
  return [...requests].map(([, name = '', verb, path = '']) => [
    name,
    { verb: verb as Place['verb'], path: path.replaceAll(/\$\{encodeURIComponent\((\w+)\)\}/g, ':$1') },
  ])
}

function paramsOf({ function: { params } }: ClassMethod): TsType | undefined {
  for (const { pat } of params) {
    if (pat.type !== 'Identifier' || pat.value !== 'params') continue
    return 'typeAnnotation' in pat ? pat.typeAnnotation?.typeAnnotation : undefined
  }
  return undefined
}

function asObject(schema: Schema): ObjectSchema | undefined {
  return schema.is === 'object' ? schema : undefined
}

function camel(file: string): string {
  return file
    .replaceAll('/', '.')
    .replaceAll(/(^|\.)([A-Z])/g, (_, dot, letter) => dot + letter.toLowerCase())
}
