import type { Expression, TsInterfaceDeclaration, TsType, TsTypeElement, TsTypeReference } from '@swc/core'
import { find, pathOf, type Scope } from '@/sandbox/contract/schema/declarations'

/**
 * A type of the SDK as it travels in JSON: a `Decimal` is text, and an enum that the SDK leaves open admits the values
 * that it names, because a sandbox of its version has no others.
 */
export type Schema =
  | Plain
  | ObjectSchema
  | { is: 'union'; of: Schema[] }
  | { is: 'array' | 'map' | 'partial'; of: Schema }

/** What has no parts; `nothing` is a field that must not be there. */
export type Plain =
  | { is: 'anything' | 'text' | 'number' | 'boolean' | 'decimal' | 'null' | 'nothing' }
  | { is: 'literal'; value: string | number | boolean }

export type ObjectSchema = { is: 'object'; name: string; fields(): ReadonlyMap<string, Field> }
export type Field = { schema: Schema; optional: boolean }

const keywords: Record<string, Schema> = {
  string: { is: 'text' },
  number: { is: 'number' },
  boolean: { is: 'boolean' },
  null: { is: 'null' },
  void: { is: 'nothing' },
  undefined: { is: 'nothing' },
  any: { is: 'anything' },
  unknown: { is: 'anything' },
}

/** The schema of a name of the SDK. @throws Error when there is none */
export function schemaNamed(scope: Scope, path: readonly string[]): Schema {
  const found = find(scope, path)
  return found.kind === 'alias' ? schemaOf(found.node, found.scope) : objectOf(found.node, found.scope)
}

/** @throws Error for a construct that the SDK's declarations have not used so far */
export function schemaOf(type: TsType, scope: Scope): Schema {
  switch (type.type) {
    case 'TsKeywordType': {
      const known = keywords[type.kind]
      if (known) return known
      break
    }
    case 'TsLiteralType':
      if ('value' in type.literal && typeof type.literal.value !== 'bigint') {
        return { is: 'literal', value: type.literal.value }
      }
      break
    case 'TsParenthesizedType':
      return schemaOf(type.typeAnnotation, scope)
    case 'TsArrayType':
      return { is: 'array', of: schemaOf(type.elemType, scope) }
    case 'TsUnionType':
      return unionOf(type.types, scope)
    case 'TsTypeLiteral':
      return literalOf(type.members, scope)
    case 'TsTypeReference':
      return referenceOf(type, scope)
  }
  throw new Error(`${scope.file} uses a ${type.type}, which the schema does not know`)
}

function unionOf(types: TsType[], scope: Scope): Schema {
  const isOther = (type: TsType) =>
    type.type === 'TsTypeReference' && pathOf(type.typeName).join('.') === 'OtherString'
  const named = types.filter((type) => !isOther(type)).map((type) => schemaOf(type, scope))
  const of = named.flatMap((schema) => (schema.is === 'union' ? schema.of : [schema]))
  return { is: 'union', of }
}

function literalOf(members: TsTypeElement[], scope: Scope): Schema {
  const [only] = members
  if (only?.type === 'TsIndexSignature' && only.typeAnnotation) {
    return { is: 'map', of: schemaOf(only.typeAnnotation.typeAnnotation, scope) }
  }
  return { is: 'object', name: 'hash', fields: () => fieldsOf(members, scope) }
}

function referenceOf({ typeName, typeParams }: TsTypeReference, scope: Scope): Schema {
  const path = pathOf(typeName)
  const [first, second] = typeParams?.params ?? []
  switch (path.join('.')) {
    case 'Decimal':
      return { is: 'decimal' }
    case 'OtherString':
      return { is: 'text' }
    case 'Date':
      return { is: 'number' }
    case 'Array':
      if (first) return { is: 'array', of: schemaOf(first, scope) }
      break
    case 'Partial':
      if (first) return { is: 'partial', of: schemaOf(first, scope) }
      break
    case 'Record':
      if (second) return { is: 'map', of: schemaOf(second, scope) }
      break
    case 'Emptyable':
      if (first) return { is: 'union', of: [schemaOf(first, scope), { is: 'null' }] }
      break
    case 'ApiList':
      if (first) return listOf(schemaOf(first, scope))
  }
  return schemaNamed(scope, path)
}

/** Stripe's lists; on the wire some know how many there are in all, which the SDK's type does not tell. */
function listOf(element: Schema): Schema {
  const fields = new Map<string, Field>([
    ['object', { schema: { is: 'literal', value: 'list' }, optional: false }],
    ['data', { schema: { is: 'array', of: element }, optional: false }],
    ['has_more', { schema: { is: 'boolean' }, optional: false }],
    ['url', { schema: { is: 'text' }, optional: false }],
    ['total_count', { schema: { is: 'number' }, optional: true }],
  ])
  return { is: 'object', name: 'ApiList', fields: () => fields }
}

const objects = new WeakMap<TsInterfaceDeclaration, Schema>()

/** Types refer to each other in circles, so the fields of an object are read when they are first needed. */
function objectOf(node: TsInterfaceDeclaration, scope: Scope): Schema {
  const known = objects.get(node)
  if (known) return known
  let fields: ReadonlyMap<string, Field> | undefined
  const made: Schema = isMap(node)
    ? literalOf(node.body.body, scope)
    : {
        is: 'object',
        name: node.id.value,
        fields() {
          fields ??= new Map([...inherited(node, scope), ...fieldsOf(node.body.body, scope)])
          return fields
        },
      }
  objects.set(node, made)
  return made
}

function isMap({ body }: TsInterfaceDeclaration): boolean {
  return body.body.length === 1 && body.body[0]?.type === 'TsIndexSignature'
}

function inherited(node: TsInterfaceDeclaration, scope: Scope): [string, Field][] {
  return node.extends.flatMap(({ expression }) => {
    const parent = schemaNamed(scope, memberPath(expression))
    return parent.is === 'object' ? [...parent.fields()] : []
  })
}

function memberPath(expression: Expression): string[] {
  if (expression.type === 'Identifier') return [expression.value]
  if (expression.type === 'MemberExpression' && expression.property.type === 'Identifier') {
    return [...memberPath(expression.object), expression.property.value]
  }
  throw new Error(`An interface extends a ${expression.type}, which the schema does not know`)
}

function fieldsOf(members: readonly TsTypeElement[], scope: Scope): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>()
  for (const member of members) {
    if (member.type !== 'TsPropertySignature' || !member.typeAnnotation) continue
    const { key, optional, typeAnnotation } = member
    if (key.type !== 'Identifier' && key.type !== 'StringLiteral') continue
    fields.set(key.value, { schema: schemaOf(typeAnnotation.typeAnnotation, scope), optional })
  }
  return fields
}
