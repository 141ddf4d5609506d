import { z } from 'zod'
import { type Control, control, NothingThere, readBody } from '@/sandbox/controls/control'

const named = z.strictObject({ name: z.string().regex(/^[\w-]{1,60}$/) })

/** Copies of everything, to return to as often as one likes. */
export const snapshotControls: Control[] = [
  control('GET snapshots', (engine) => engine.snapshots.all().map(({ name, at }) => ({ name, at }))),
  control('POST snapshots', async (engine, { body }) => {
    const { name } = readBody(named, body)
    const { at } = await engine.alone(() => engine.keepSnapshot(name))
    return { name, at }
  }),
  control('POST restore', async (engine, { body }) => {
    const { name } = readBody(named, body)
    const snapshot = engine.snapshots.find(name)
    if (!snapshot) throw new NothingThere(`There is no snapshot ${name}.`)
    await engine.alone(() => engine.restore(snapshot))
    return { name, at: snapshot.at }
  }),
  control('DELETE snapshots/:name', (engine, { id: name }) => {
    if (!engine.snapshots.find(name)) throw new NothingThere(`There is no snapshot ${name}.`)
    engine.snapshots.forget(name)
    return { ok: true }
  }),
]
