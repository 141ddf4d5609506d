import type { Client } from 'pg'

/** Fills the mirror with `count` invoices over two years, four in five of them paid, as a company's list looks. */
export async function seedInvoices(client: Client, count: number): Promise<void> {
  await client.query(
    `insert into invoices (
       id, number, status, customer_id, customer_name, customer_email, currency, collection_method, subtotal, total,
       amount_due, amount_paid, amount_remaining, starting_balance, line_count, payment_state, auto_advance,
       created_at, due_at, raw, mirrored_at)
     select 'in_bench' || n, 'BENCH-' || lpad(n::text, 7, '0'),
       (array['draft', 'open', 'void', 'uncollectible', 'paid'])[case when n % 5 = 0 then 1 + n / 5 % 4 else 5 end]::invoice_status,
       'cus_bench' || n % 2000, 'Customer ' || n % 2000, 'customer' || n % 2000 || '@example.com', 'eur', 'send_invoice',
       1000 + n, 1000 + n, 1000 + n, 0, 1000 + n, 0, 1, 'none', false,
       now() - n * interval '10 minutes', now() - n * interval '10 minutes' + interval '30 days',
       jsonb_build_object('id', 'in_bench' || n, 'object', 'invoice', 'padding', repeat('x', 2000)), now()
     from generate_series(1, $1::int) as n`,
    [count],
  )
  await client.query('vacuum analyze invoices')
}
