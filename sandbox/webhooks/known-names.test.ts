import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { apiVersion } from '@/sandbox/http/version'
import { apiVersions } from '@/sandbox/webhooks/api-versions'
import { eventTypes } from '@/sandbox/webhooks/event-types'

/** The names of a union of texts in the SDK's own type definitions. */
function union(name: string): string[] {
  const text = readFileSync('node_modules/stripe/esm/resources/WebhookEndpoints.d.ts', 'utf8')
  const [, names = ''] = new RegExp(`type ${name} = (.*);`).exec(text) ?? []
  return names.split(' | ').map((quoted) => quoted.slice(1, -1))
}

test('event types are those that the SDK lets an endpoint ask for', () => {
  expect(['*', ...eventTypes].sort()).toEqual(union('EnabledEvent').sort())
})

test('versions are those that the SDK lets an endpoint have, the pinned one being the newest', () => {
  expect(apiVersions).toEqual(union('ApiVersion'))
  expect(apiVersions.at(-1)).toBe(apiVersion)
})
