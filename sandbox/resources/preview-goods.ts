import type { Ctx } from '@/sandbox/context'
import type { TableName } from '@/sandbox/store/tables'

/** What previews make and show by id: hidden like what items with bare amounts make, and told by no event. */
const goodsTables = ['discounts', 'prices', 'products'] as const satisfies readonly TableName[]

export type PreviewGoods = { table: (typeof goodsTables)[number]; id: string }

/** The table among those of such goods, or undefined. */
export function goodsTable(name: TableName): PreviewGoods['table'] | undefined {
  return goodsTables.find((table) => table === name)
}

/** Drops what only a preview has shown. A price or product that somebody has made usable since is theirs. */
export function dropGoods(ctx: Ctx, goods: readonly PreviewGoods[]): void {
  // Prices first: a product is kept for those that it still has.
  for (const table of goodsTables) {
    for (const { id } of goods.filter((each) => each.table === table)) {
      if (isUnused(ctx, table, id)) ctx.store.drop(table, id)
    }
  }
}

function isUnused(ctx: Ctx, table: PreviewGoods['table'], id: string): boolean {
  if (table === 'discounts') return true
  const isHidden = ctx.store.get(table, id)?.adHoc === true
  return isHidden && (table === 'prices' || ctx.store.table('prices').count('product', id) === 0)
}
