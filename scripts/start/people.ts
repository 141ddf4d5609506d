import pg from 'pg'

/** Whether anybody can sign in at all. */
export async function hasPeople(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from users where disabled_at is null limit 1')
    return rowCount === 1
  } finally {
    await client.end()
  }
}
