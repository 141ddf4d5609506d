import { expect, it } from 'vitest'
import { closeDatabase } from '@/lib/db/client'
import { findPort } from '@/scripts/start/ports'
import { freshPaymentUrl, freshPdfUrl } from './fresh-stripe-page'

it('keeps a customer who clicks on their own page while PostgreSQL is away', async () => {
  process.env.DATABASE_URL = `postgresql://duebook:duebook@127.0.0.1:${await findPort()}/duebook`
  const token = 'x'.repeat(43)
  expect(await freshPaymentUrl(token)).toEqual({ unavailable: true })
  expect(await freshPdfUrl(token)).toEqual({ unavailable: true })
  await closeDatabase()
})
