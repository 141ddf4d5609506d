import type { Ctx } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'
import { type Params, type Reading, readParams, type Shape } from '@/sandbox/http/params'
import type { PathIds } from '@/sandbox/http/router'
import type { ObjectName } from '@/sandbox/resources/object-references'
import type { Searchable } from '@/sandbox/search/docs'

type Method = 'GET' | 'POST' | 'DELETE'

/** An endpoint whose parameters are read: what is left to do is to run it. */
export type Prepared = (ctx: Ctx, path: PathIds) => object

export type Endpoint = {
  method: Method
  /** Segments of the path; `:` stands for an id. */
  segments: string[]
  returns: Returns
  /** What has to be known to search before it can run. */
  searches?: Searchable
  prepare(values: { [key: string]: FormValue }, reading: Reading): Prepared
}

/** What the answer is made of, which decides what can be expanded in it. */
export type Returns = ObjectName | `list of ${ObjectName}` | `search of ${ObjectName}`

type Spec<S extends Shape> = {
  route: `${Method} /v1/${string}`
  returns: Returns
  searches?: Searchable
  params?: S
  run(ctx: Ctx, params: Params<S>, id: string, child: string): object
}

/** `expand` belongs to every endpoint and is not listed in `params`. */
export function endpoint<S extends Shape = Record<never, never>>(spec: Spec<S>): Endpoint {
  const [method, path] = spec.route.split(' ') as [Method, string]
  const shape = spec.params ?? ({} as S)
  return {
    method,
    segments: path.split('/').slice(1),
    returns: spec.returns,
    searches: spec.searches,
    prepare(values, reading) {
      const params = readParams(shape, values, reading)
      return (ctx, [id, child]) => spec.run(ctx, params, id, child)
    },
  }
}

/** An endpoint that Stripe has and the sandbox does not: it says so, whatever the parameters. */
export function unbuiltEndpoint(route: string): Endpoint {
  const [method, path] = route.split(' ') as [Method, string]
  return {
    method,
    segments: path.split('/').slice(1),
    returns: 'account',
    prepare() {
      throw invalidRequest(`The sandbox does not support ${route} yet.`)
    },
  }
}
