import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import type { AppError } from '@/lib/domain/result'
import { root } from '../../scripts/start/service'

export type BuiltAction = {
  id: string
  /** As it is exported: `voidInvoiceAction`. */
  name: string
}

/** Every server action that the build answers to, on whatever page it is used. */
export function builtActions(): BuiltAction[] {
  const file = join(root, '.next/server/server-reference-manifest.json')
  const { node, edge } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries<{ exportedName: string }>({ ...node, ...edge }).map(([id, { exportedName }]) => ({
    id,
    name: exportedName,
  }))
}

export type Posted = {
  status: number
  /** What the action itself answered; null when it did not run. */
  result: { ok: true; value: unknown } | { ok: false; error: AppError } | null
}

/** Posts an action as an attacker would, without the page that offers it. */
export async function postAction(
  request: APIRequestContext,
  { id }: Pick<BuiltAction, 'id'>,
  args: unknown[],
  { path = '/', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Posted> {
  const response = await request.post(path, {
    headers: {
      'next-action': id,
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      ...headers,
    },
    data: JSON.stringify(args),
    maxRedirects: 0,
  })
  return { status: response.status(), result: resultIn(await response.text()) }
}

/** Reads the answer out of React's stream of rows `id:json`: row 0 names the row that holds it, or `id:E…`, an error. */
function resultIn(stream: string): Posted['result'] {
  const rows = new Map(stream.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]))
  const place = /"a":"\$@(\w+)"/.exec(rows.get('0') ?? '')?.[1]
  const row = place === undefined ? undefined : rows.get(place)
  const answer = row?.slice(row.indexOf(':') + 1)
  return answer === undefined || answer.startsWith('E') ? null : JSON.parse(answer)
}
