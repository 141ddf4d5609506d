import { resumeOperation } from '@/lib/actions/operations'
import { closeDatabase } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'

/* A process that does one operation, so that a test can have it killed: `operate.ts NAME CTX INPUT`, the latter two as JSON. */

const [name = '', context = '', input = ''] = process.argv.slice(2)
const ctx: Ctx = { ...JSON.parse(context), now: new Date() }
const result = await resumeOperation(name, ctx, JSON.parse(input))
await closeDatabase()
process.stdout.write(JSON.stringify(result))
