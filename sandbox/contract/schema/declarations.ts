import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Class,
  type ExportNamedDeclaration,
  type ImportDeclaration,
  type ModuleItem,
  parseSync,
  type TsEntityName,
  type TsInterfaceDeclaration,
  type TsModuleDeclaration,
  type TsType,
} from '@swc/core'

/** Where the SDK keeps its own declarations: `…/node_modules/stripe/esm`. */
export const sdkRoot = join(dirname(createRequire(import.meta.url).resolve('stripe')), '..', 'esm')

/** A file or namespace of the SDK, with what it declares by name. */
export class Scope {
  readonly interfaces = new Map<string, TsInterfaceDeclaration>()
  readonly aliases = new Map<string, TsType>()
  readonly classes = new Map<string, Class>()
  readonly namespaces = new Map<string, Scope>()
  /** By local name; `name` is null for a whole module. */
  readonly imports = new Map<string, { file: string; name: string | null }>()
  /** What a namespace hands on from around it: the name there, by the name here. */
  readonly handedOn = new Map<string, string>()

  constructor(
    readonly file: string,
    readonly parent?: Scope,
  ) {}
}

export type Declaration =
  | { kind: 'interface'; node: TsInterfaceDeclaration; scope: Scope }
  | { kind: 'alias'; node: TsType; scope: Scope }

const files = new Map<string, Scope>()

/** The declarations of one file of the SDK, read once. @param file absolute, ending in `.d.ts` */
export function declarationsOf(file: string): Scope {
  const known = files.get(file)
  if (known) return known
  const scope = new Scope(file)
  files.set(file, scope)
  const { body } = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' })
  for (const item of body) declare(scope, item)
  return scope
}

/** What a name means where it is used. @throws Error when the SDK declares no such name */
export function find(scope: Scope, path: readonly string[]): Declaration {
  for (let here: Scope | undefined = scope; here; here = here.parent) {
    const found = within(here, path)
    if (found) return found
  }
  throw new Error(`${scope.file} knows no ${path.join('.')}`)
}

export function pathOf(name: TsEntityName): string[] {
  return name.type === 'TsQualifiedName' ? [...pathOf(name.left), name.right.value] : [name.value]
}

function within(scope: Scope, [first = '', ...rest]: readonly string[]): Declaration | undefined {
  const imported = scope.imports.get(first)
  if (imported) {
    return within(declarationsOf(imported.file), imported.name === null ? rest : [imported.name, ...rest])
  }
  const outer = scope.handedOn.get(first)
  if (outer !== undefined && scope.parent) return find(scope.parent, [outer, ...rest])
  if (rest.length > 0) {
    const inner = scope.namespaces.get(first)
    return inner && within(inner, rest)
  }
  const asInterface = scope.interfaces.get(first)
  if (asInterface) return { kind: 'interface', node: asInterface, scope }
  const asAlias = scope.aliases.get(first)
  return asAlias && { kind: 'alias', node: asAlias, scope }
}

function declare(scope: Scope, item: ModuleItem): void {
  switch (item.type) {
    case 'ExportDeclaration':
      declare(scope, item.declaration)
      break
    case 'ImportDeclaration':
      declareImport(scope, item)
      break
    case 'ExportNamedDeclaration':
      declareExport(scope, item)
      break
    case 'ClassDeclaration':
      scope.classes.set(item.identifier.value, item)
      break
    case 'TsInterfaceDeclaration':
      scope.interfaces.set(item.id.value, item)
      break
    case 'TsTypeAliasDeclaration':
      scope.aliases.set(item.id.value, item.typeAnnotation)
      break
    case 'TsModuleDeclaration':
      declareNamespace(scope, item)
  }
}

/** What a file hands on from another one, or a namespace from around it. */
function declareExport(scope: Scope, { source, specifiers }: ExportNamedDeclaration): void {
  for (const one of specifiers) {
    if (one.type !== 'ExportSpecifier') continue
    const [here, there] = [(one.exported ?? one.orig).value, one.orig.value]
    if (source) scope.imports.set(here, { file: declarationFile(scope, source.value), name: there })
    else if (scope.parent) scope.handedOn.set(here, there)
  }
}

function declareImport(scope: Scope, { source, specifiers }: ImportDeclaration): void {
  const file = declarationFile(scope, source.value)
  for (const one of specifiers) {
    const local = one.local.value
    const isNamed = one.type === 'ImportSpecifier'
    scope.imports.set(local, { file, name: isNamed ? (one.imported?.value ?? local) : null })
  }
}

/** A namespace may be opened several times. */
function declareNamespace(scope: Scope, { id, body }: TsModuleDeclaration): void {
  const inner = scope.namespaces.get(id.value) ?? new Scope(scope.file, scope)
  scope.namespaces.set(id.value, inner)
  if (body?.type === 'TsModuleBlock') for (const item of body.body) declare(inner, item)
}

function declarationFile(scope: Scope, source: string): string {
  return join(dirname(scope.file), source.replace(/\.js$/, '.d.ts'))
}
