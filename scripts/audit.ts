import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { headsFile, readHeads } from '@/lib/audit/heads'
import { type Fault, verifyChain } from '@/lib/audit/verify-chain'
import { closeDatabase } from '@/lib/db/client'
import { joinInstallation } from './start/running-instance'

/*
 * `npm run audit:verify` reads the audit trail from its first entry to its last and says whether it is what was written.
 * `-- --heads FILE` compares it with heads that were kept somewhere else; unset, with those that the worker wrote.
 */

const sentences: Record<Fault['what'], string> = {
  missing: 'is missing',
  altered: 'is not what was written, or one before it is gone',
  columns: 'cannot be found by what it says: its columns were changed',
  unknown_key: 'was signed with a secret that AUDIT_SECRET does not name',
  cut: 'was there once, as a head that was written out says, and is not any more',
}

joinInstallation()
try {
  const { values } = parseArgs({ options: { heads: { type: 'string' } } })
  const file = values.heads ?? (existsSync(headsFile()) ? headsFile() : undefined)
  const heads = file === undefined ? [] : await readHeads(file)
  const { entries, head, fault } = await verifyChain(heads)
  if (fault) {
    console.error(`Entry ${fault.seq} ${sentences[fault.what]}. The ${entries} before it are in order.`)
    process.exitCode = 1
  } else {
    const compared = file === undefined ? 'no heads to compare with' : `${heads.length} heads compared`
    console.log(
      `${entries} entries, all in order; ${compared}.${head ? ` Head: ${head.seq} ${head.mac}` : ''}`,
    )
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
