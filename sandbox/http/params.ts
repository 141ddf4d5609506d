import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'

/**
 * How one parameter is read. An endpoint's parameters are a `Shape` of rules; reading a request with it answers
 * typed values or throws Stripe's refusal, naming the parameter in bracket form.
 */
export type Rule<T> = { read(value: FormValue, at: string, reading: Reading): T; required?: true }

/** `strict` refuses unknown parameters; clients that send no `Stripe-Version` (the CLI) are let through. */
export type Reading = { strict: boolean }

export type Shape = Record<string, Rule<unknown>>

type Out<R> = R extends Rule<infer T> ? T : never
type RequiredKeys<S extends Shape> = {
  [Key in keyof S]: S[Key] extends { required: true } ? Key : never
}[keyof S]

/** What reading a request by shape `S` answers: required parameters are there, the others may be undefined. */
export type Params<S extends Shape> = { [Key in RequiredKeys<S>]: Out<S[Key]> } & {
  [Key in Exclude<keyof S, RequiredKeys<S>>]?: Out<S[Key]>
}

export function readParams<S extends Shape>(
  shape: S,
  values: { [key: string]: FormValue },
  reading: Reading,
  at = '',
): Params<S> {
  const nameOf = (key: string) => (at === '' ? key : `${at}[${key}]`)
  const unknown = Object.keys(values).filter((key) => !Object.hasOwn(shape, key))
  if (reading.strict && unknown.length > 0) throw unknownParameters(unknown.map(nameOf))
  const read: [string, unknown][] = []
  for (const [key, rule] of Object.entries(shape)) {
    const given = values[key]
    if (given === undefined && rule.required) throw missingParameter(nameOf(key))
    const value = given === undefined ? undefined : rule.read(given, nameOf(key), reading)
    if (value !== undefined) read.push([key, value])
  }
  return Object.fromEntries(read) as Params<S>
}

function unknownParameters(names: string[]) {
  const message = `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`
  return invalidRequest(message, { code: 'parameter_unknown', param: names[0] })
}

/** `pricing[price]` at `lines[0]` is `lines[0][pricing][price]`; at `` it is itself. */
export function paramAt(at: string, param: string): string {
  if (at === '') return param
  const [head = '', ...rest] = param.split('[')
  return `${at}[${head}]${rest.map((part) => `[${part}`).join('')}`
}

export function required<T>(rule: Rule<T>): Rule<T> & { required: true } {
  return { ...rule, required: true }
}

/** `""` unsets the field: it reads as null. Stripe's `Emptyable`. */
export function clearable<T>(rule: Rule<T>): Rule<T | null> {
  return { read: (value, at, reading) => (value === '' ? null : rule.read(value, at, reading)) }
}

/** Refuses a value that is well formed but not one of those allowed: `check` answers why, or undefined. */
export function checked<T>(rule: Rule<T>, check: (value: T) => string | undefined, code?: string): Rule<T> {
  return {
    read: (value, at, reading) => {
      const read = rule.read(value, at, reading)
      const problem = check(read)
      if (problem !== undefined) throw invalidRequest(problem, { code, param: at })
      return read
    },
  }
}

/**
 * A parameter that Stripe's API has given up: read for clients that send no `Stripe-Version`, because the CLI still
 * sends it, and unknown to all others.
 */
export function legacy<T>(rule: Rule<T>): Rule<T> {
  return {
    read: (value, at, reading) => {
      if (reading.strict) throw unknownParameters([at])
      return rule.read(value, at, reading)
    },
  }
}

function plainText(value: FormValue, at: string): string {
  if (typeof value !== 'string') {
    throw invalidRequest(`Invalid string: ${JSON.stringify(value).slice(0, 80)}`, { param: at })
  }
  if (value === '') {
    const message = `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`
    throw invalidRequest(message, { code: 'parameter_invalid_empty', param: at })
  }
  return value
}

export function text(max = 5000): Rule<string> {
  return {
    read: (value, at) => {
      const read = plainText(value, at)
      const length = [...read].length
      if (length > max) {
        const message = `Invalid string: ${read.slice(0, 20)}...; must be at most ${max} characters, but is ${length}.`
        throw invalidRequest(message, { param: at })
      }
      return read
    },
  }
}

export function integer(limits: { min?: number; max?: number } = {}): Rule<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits
  return {
    read: (value, at) => {
      const digits = plainText(value, at)
      const refuse = (message: string) =>
        invalidRequest(message, { code: 'parameter_invalid_integer', param: at })
      const read = Number(digits)
      if (!/^-?\d+$/.test(digits) || !Number.isSafeInteger(read)) {
        throw refuse(`Invalid integer: ${digits.slice(0, 80)}`)
      }
      if (read < min) throw refuse(`This value must be greater than or equal to ${min}.`)
      if (read > max) throw refuse(`This value must be less than or equal to ${max}.`)
      return read === 0 ? 0 : read
    },
  }
}

/** A decimal number as text, at most `places` digits behind the point. Never becomes a float. */
export function decimal(limits: { places: number; negative?: boolean }): Rule<string> {
  const pattern = new RegExp(`^-?\\d{1,18}(\\.\\d{1,${limits.places}})?$`)
  return {
    read: (value, at) => {
      const read = plainText(value, at)
      if (!pattern.test(read)) {
        throw invalidRequest(
          `Invalid decimal: ${read.slice(0, 80)}; must have at most ${limits.places} decimal places.`,
          { param: at },
        )
      }
      if (!limits.negative && /^-/.test(read) && /[1-9]/.test(read)) {
        throw invalidRequest('This value must be greater than or equal to 0.', { param: at })
      }
      return read
    },
  }
}

export const bool: Rule<boolean> = {
  read: (value, at) => {
    const read = plainText(value, at)
    if (read !== 'true' && read !== 'false') {
      throw invalidRequest(`Invalid boolean: ${read.slice(0, 80)}`, { param: at })
    }
    return read === 'true'
  },
}

export function oneOf<const Choice extends string>(...choices: Choice[]): Rule<Choice> {
  return {
    read: (value, at) => {
      const read = plainText(value, at)
      const choice = choices.find((candidate) => candidate === read)
      if (choice === undefined) {
        throw invalidRequest(`Invalid ${at}: must be one of ${choices.join(', ')}`, { param: at })
      }
      return choice
    },
  }
}

export function hash<S extends Shape>(shape: S): Rule<Params<S>> {
  return {
    read: (value, at, reading) => {
      if (typeof value === 'string' || Array.isArray(value)) {
        throw invalidRequest('Invalid object', { param: at })
      }
      return readParams(shape, value, reading, at)
    },
  }
}

export function list<T>(rule: Rule<T>, max = Number.POSITIVE_INFINITY): Rule<T[]> {
  return {
    read: (value, at, reading) => {
      if (!Array.isArray(value)) throw invalidRequest('Invalid array', { param: at })
      if (value.length > max) {
        throw invalidRequest(`You may pass at most ${max} elements here.`, { param: at })
      }
      return value.map((item, index) => rule.read(item, `${at}[${index}]`, reading))
    },
  }
}

/**
 * A parameter that Stripe knows and the sandbox does not do yet. It is refused, because ignoring it would answer
 * something that Stripe would not; values that change nothing are accepted.
 */
export function unbuilt(harmless: (value: FormValue) => boolean = () => false): Rule<undefined> {
  return {
    read: (value, at) => {
      if (harmless(value)) return undefined
      throw invalidRequest(`The sandbox does not support the parameter ${at} yet.`, { param: at })
    },
  }
}
