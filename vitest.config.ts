import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const never = ['**/node_modules/**', '**/.next/**', '.duebook/**', 'e2e/*.spec.ts']
const shared = {
  environment: 'node' as const,
  setupFiles: ['e2e/support/fail-on-console-error.ts'],
  env: {
    LOG_LEVEL: 'silent',
    NEXTAUTH_SECRET: 'a secret of the tests that is long enough for it',
    BILLING_TIME_ZONE: 'UTC',
  },
}

export default defineConfig({
  resolve: { alias: { '@': root } },
  // `server-only` throws unless the importer says that it is a server.
  ssr: { resolve: { conditions: ['react-server', 'module', 'node', 'development|production'] } },
  test: {
    // Forked processes, since argon2 and the database client keep native handles; few, since PostgreSQL works beside them.
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          // Laws are tried on thousands of cases, on machines of any speed.
          testTimeout: 30_000,
          include: ['**/*.test.ts'],
          exclude: [...never, '**/*.db.test.ts', 'sandbox/contract/**'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'contract',
          include: ['sandbox/contract/**/*.test.ts'],
          exclude: never,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          // Until a test starts a sandbox: nobody listens there, so nothing can reach Stripe by mistake.
          env: {
            ...shared.env,
            DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/nothing',
            STRIPE_API_BASE: 'http://127.0.0.1:9',
            STRIPE_SECRET_KEY: 'sk_test_nobodyListens',
            STRIPE_WEBHOOK_SECRET: 'whsec_nobodyListens',
          },
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: never,
          globalSetup: ['e2e/support/template-database.ts'],
          // How fast something is, is asserted where it is promised; elsewhere a busy machine may take its time.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
