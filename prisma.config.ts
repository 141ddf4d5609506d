import { defineConfig } from 'prisma/config'

// Only the Prisma CLI reads this file; the application gets its connection from `lib/db/client.ts`.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/duebook' },
})
