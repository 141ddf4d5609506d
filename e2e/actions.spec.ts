import { may, roles } from '@/lib/domain/access'
import { type DeclaredAction, declaredActions } from './support/declared-actions'
import { expect, test } from './support/fixtures'
import { builtActions, postAction } from './support/server-actions'
import { signIn } from './support/sign-in'
import { tracesIn } from './support/traces'

/*
 * Every action of the build, posted directly. Next runs one on whatever page it is posted to, so neither pages nor the
 * proxy protect anything.
 */

const actions = builtActions()

test('the build has exactly the actions whose rights are declared', async ({ arrange }) => {
  const declared = await declaredActions(arrange)
  expect(actions.map(({ name }) => name).sort()).toEqual(Object.keys(declared).sort())
})

test('nobody without a living session runs any of them, on any page', async ({
  playwright,
  instance,
  arrange,
  sandbox,
  database,
}) => {
  const declared = await declaredActions(arrange)
  const [known, revoked, disabled] = [
    await arrange.person('admin'),
    await arrange.person('admin'),
    await arrange.person('admin'),
  ]
  const visit = async (email?: string) =>
    playwright.request.newContext({
      baseURL: instance.url,
      extraHTTPHeaders: { origin: instance.url },
      storageState: email === undefined ? undefined : await signIn(playwright.request, instance.url, email),
    })
  const strangers = [await visit(), await visit(revoked), await visit(disabled)]
  const control = await visit(known)
  await database.query(
    'update sessions set revoked_at = now() where user_id = (select id from users where email = $1)',
    [revoked],
  )
  await database.query('update users set disabled_at = now() where email = $1', [disabled])

  const before = await tracesIn(sandbox, database)
  for (const action of actions) {
    const { input } = oneOf(declared, action.name)
    for (const path of ['/', '/sign-in', '/invoices', '/i/x']) {
      for (const stranger of strangers) {
        const { result } = await postAction(stranger, action, [input()], { path })
        expect(result, `${action.name} on ${path}`).toEqual({ ok: false, error: { code: 'signed_out' } })
      }
    }
    const { result } = await postAction(control, action, [{}])
    expect(result, action.name).toMatchObject({ error: { code: 'invalid_input' } })
  }
  expect(await tracesIn(sandbox, database)).toEqual(before)
})

for (const role of roles) {
  test(`a ${role} runs what the table of rights allows, and nothing else`, async ({
    openPageAs,
    instance,
    arrange,
    sandbox,
    database,
  }) => {
    const declared = await declaredActions(arrange)
    const { request } = (await openPageAs(role)).context()
    const before = await tracesIn(sandbox, database)
    for (const action of actions) {
      const { permission, input } = oneOf(declared, action.name)
      // Whoever may gets as far as the check of the input, and there this one ends.
      const [sent, code] = may(role, permission) ? [{}, 'invalid_input'] : [input(), 'forbidden']
      const { result } = await postAction(request, action, [sent], { headers: { origin: instance.url } })
      expect(result, action.name).toMatchObject({ ok: false, error: { code } })
    }
    expect(await tracesIn(sandbox, database)).toEqual(before)
  })
}

test('arguments of any other shape are refused before anything looks at them', async ({
  adminPage,
  instance,
  arrange,
  sandbox,
  database,
}) => {
  const declared = await declaredActions(arrange)
  const { request } = adminPage.context()
  const nested = JSON.parse(`${'{"x":'.repeat(1_000)}1${'}'.repeat(1_000)}`)
  const before = await tracesIn(sandbox, database)
  for (const action of actions) {
    const valid = oneOf(declared, action.name).input()
    const field = Object.keys(valid).find((name) => name !== 'operationId') ?? ''
    const shapes: unknown[][] = [
      [],
      [null],
      ['x'],
      [[]],
      [valid, valid],
      [{ ...valid, role: 'admin' }],
      [{ ...valid, operationId: { not: '' } }],
      [{ ...valid, [field]: { startsWith: '' } }],
      [{ ...valid, [field]: ['a', 'b'] }],
      [{ ...valid, [field]: nested }],
    ]
    for (const args of shapes) {
      const { result } = await postAction(request, action, args, { headers: { origin: instance.url } })
      expect(result, `${action.name} ${JSON.stringify(args).slice(0, 200)}`).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      })
    }
  }
  expect(await tracesIn(sandbox, database)).toEqual(before)
})

function oneOf(declared: Record<string, DeclaredAction>, name: string): DeclaredAction {
  const action = declared[name]
  if (action === undefined) throw new Error(`${name} is not declared`)
  return action
}
