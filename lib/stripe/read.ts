/* Small readers that all parsers share. */

/** Stripe's instants are whole seconds since 1970, in UTC. */
export function instant(seconds: number): Date {
  return new Date(seconds * 1000)
}

export function instantOrNull(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : instant(seconds)
}

/** An expandable field's id, whether it was expanded or not. */
export function idOf(field: string | { id: string }): string {
  return typeof field === 'string' ? field : field.id
}

export function idOrNull(field: string | { id: string } | null | undefined): string | null {
  return field === null || field === undefined ? null : idOf(field)
}

/** Closes one of Stripe's open enums: a value that this version does not know must not be guessed at. */
export function oneOf<T extends string>(known: readonly T[], value: string | null, what: string): T {
  const found = known.find((one) => one === value)
  if (found === undefined)
    throw new UnknownValue(`${what} is ${JSON.stringify(value)}, which this version does not know`)
  return found
}

/** Stripe said something that this version of Duebook has no place for. */
export class UnknownValue extends Error {
  override name = 'UnknownValue'
}
