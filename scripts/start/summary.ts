export type Summary = {
  url: string
  listensOn: string
  stripe: { kind: 'sandbox'; url: string; dataDir: string } | { kind: 'account'; livemode: boolean }
  database: { kind: 'embedded'; dataDir: string } | { kind: 'external'; address: string }
  logs: string
  hasPeople: boolean
}

/** What the terminal shows when everything runs. */
export function formatSummary(summary: Summary): string {
  const rows: [label: string, text: string][] = [
    ...signIn(summary),
    ['Stripe', stripe(summary.stripe)],
    ['Database', database(summary.database)],
    ['Logs', summary.logs],
    ['Listens on', summary.listensOn],
    ['Stop', 'Ctrl-C'],
  ]
  const body = rows.map(([label, text]) => `  ${label.padEnd(13)}${text}`)
  return ['', `Duebook runs at ${summary.url}`, '', ...body, ''].join('\n')
}

function signIn({ stripe, hasPeople }: Summary): [string, string][] {
  if (stripe.kind === 'sandbox') {
    return [
      ['Sign in', 'admin@duebook.test, biller@duebook.test or viewer@duebook.test'],
      ['', 'password of all three: duebook-demo'],
    ]
  }
  if (hasPeople) return []
  return [['Sign in', 'nobody can yet: npm run user -- add you@example.com --name You --role admin']]
}

function stripe(stripe: Summary['stripe']): string {
  if (stripe.kind === 'sandbox')
    return `the sandbox at ${stripe.url}, no real money; data in ${stripe.dataDir}`
  return stripe.livemode ? 'your account, live mode: invoices are real' : 'your account, test mode'
}

function database(database: Summary['database']): string {
  return database.kind === 'embedded' ? `embedded PostgreSQL in ${database.dataDir}` : database.address
}
