// The house's floors (docs/architecture.md). Circles are Biome's matter: it tells imports of types from imports of code.
// A file imports from its own floor or below, never from above.
const floors = [
  '^lib/(domain|words)/', // 0 rules and sentences
  '^lib/(db|auth|audit|operations|stripe|jobs|mail|log)/|^lib/env\\.ts$', // 1 adapters
  '^lib/(catalog|customers|invoices|share|sync|reports|team)/', // 2 use cases
  '^lib/(actions|query)/', // 3 doors
  '^components/', // 4
  '^app/|^proxy\\.ts$', // 5
]
const [domain, adapters, useCases, , components] = floors
const house = '^(app|components|lib)/|^proxy\\.ts$'
const test = '\\.test\\.tsx?$'

// The cruiser cannot tell `import type` without the old compiler; `npm run check` leaves those out where this is said.
const typesAllowed = '(import type is allowed)'

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const stairsUp = floors
  .slice(0, -1)
  .map((path, floor) =>
    never(
      `no-stairs-up-from-${floor}`,
      'A file imports from its own floor or below.',
      { path, pathNot: test },
      { path: floors.slice(floor + 1) },
    ),
  )

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...stairsUp,
    never(
      'every-folder-has-a-floor',
      'A new folder under lib needs a place in the house before anything uses it.',
      {},
      { path: '^lib/', pathNot: [...floors, '^lib/db/generated/'] },
    ),
    never(
      'domain-is-pure',
      'Rules run anywhere: they know zod and each other.',
      { path: domain, pathNot: test },
      { pathNot: [domain, '^node_modules/zod/'] },
    ),
    never(
      'components-use-doors',
      'Components reach data through lib/actions and lib/query.',
      { path: components, pathNot: test },
      { path: [adapters, useCases] },
    ),
    never(
      'query-is-browser-safe',
      'What the browser loads reaches nothing that needs a server.',
      { path: '^lib/(query|domain|words)/', pathNot: test },
      { path: [adapters, useCases], reachable: true },
    ),
    never(
      'one-stripe-door',
      `Only lib/stripe knows the SDK at run time; others may know its types. ${typesAllowed}`,
      { path: house, pathNot: ['^lib/stripe/', test] },
      { path: '^node_modules/stripe/' },
    ),
    never(
      'nouns-are-strangers',
      'Use cases of two nouns meet in the domain or on a page.',
      { path: '^lib/(catalog|customers|invoices|share|reports|team)/', pathNot: test },
      { path: '^lib/(catalog|customers|invoices|share|reports|team)/', pathNot: '^lib/$1/' },
    ),
    never(
      'next-stays-upstairs',
      'Use cases run in an action, a job, a script and a test alike.',
      { path: [domain, adapters, useCases], pathNot: ['^lib/auth/', test] },
      { path: '^node_modules/(next|next-auth|react|react-dom)/' },
    ),
    never(
      'public-is-small',
      'The customer page carries no code of the desk.',
      { path: '^app/\\(public\\)/' },
      {
        path: house,
        pathNot: [
          '^app/\\(public\\)/',
          '^lib/(share|domain|words)/',
          '^components/ui/',
          '^components/invoices/(invoice-sheet|totals-rows)',
        ],
      },
    ),
    never(
      'public-bundle-is-small',
      'Nor does anything that the customer page imports.',
      { path: '^app/\\(public\\)/.*\\.tsx$' },
      {
        path: ['^lib/(actions|query)/', '^components/(shell|customers|catalog|reports|sync|auth)/'],
        reachable: true,
      },
    ),
    never(
      'ui-knows-no-noun',
      'The design system is used by nouns, not the other way round.',
      { path: '^components/ui/' },
      { path: ['^components/', '^lib/(actions|query)/'], pathNot: '^components/ui/' },
    ),
    never(
      'sandbox-is-across-the-wire',
      'The application knows Stripe, and not that a sandbox exists.',
      { path: house, pathNot: test },
      { path: '^sandbox/', reachable: true },
    ),
    never(
      'sandbox-knows-nothing',
      'Two independent statements keep each other honest.',
      { path: '^sandbox/' },
      { path: house },
    ),
    never(
      'sandbox-has-only-types-of-stripe',
      `A server that ran the client would agree with its mistakes. ${typesAllowed}`,
      { path: '^sandbox/', pathNot: ['^sandbox/contract/', test] },
      { path: '^node_modules/stripe/' },
    ),
    never(
      'house-stands-alone',
      'Programs and tests use the house; it does not know them.',
      { path: house, pathNot: test },
      { path: '^(scripts|e2e)/' },
    ),
    never(
      'no-tests-in-production',
      'Tests import code.',
      { pathNot: [test, '^e2e/'] },
      { path: [test, '^e2e/.*\\.spec\\.ts$'] },
    ),
    never(
      'no-orphans',
      'A file that nobody imports does nothing.',
      {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.config\\.', test, '^e2e/.*\\.spec\\.ts$', '^scripts/[^/]+$', '^app/'],
      },
      {},
    ),
    never('nothing-missing', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)generated/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'require', 'node', 'default', 'types'],
    },
  },
}
