/** Whether every import and re-export of `specifier` in `source` is an `import type` or `export type`. */
export function importsOnlyTypes(source: string, specifier: string): boolean {
  const quoted = `['"]${specifier.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}['"]`
  const statements = source.match(new RegExp(`^\\s*(?:import|export)\\b[^'"]*${quoted}`, 'gm')) ?? []
  const isLoadedOtherwise = new RegExp(`\\b(?:import|require)\\s*\\(\\s*${quoted}`).test(source)
  return (
    !isLoadedOtherwise &&
    statements.length > 0 &&
    statements.every((one) => /^\s*(?:import|export)\s+type\s/.test(one))
  )
}
