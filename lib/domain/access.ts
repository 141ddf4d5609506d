export const roles = ['viewer', 'biller', 'admin'] as const
export type Role = (typeof roles)[number]

const everybody: readonly Role[] = roles
const billers: readonly Role[] = ['biller', 'admin']

/** The one table of rights: an operation or a read, and the roles that may. Whatever is not listed nobody may. */
const access = {
  'activity.read': everybody,
  'catalog.read': everybody,
  'customers.read': everybody,
  'invoices.read': everybody,
  'overview.read': everybody,
  'sync.read': everybody,
  'product.create': billers,
  'product.archive': billers,
  'product.restore': billers,
  'price.create': billers,
  'price.archive': billers,
  'customer.create': billers,
  'invoice.create': billers,
  'invoice.finalize': billers,
  'invoice.send': billers,
  'invoice.void': billers,
  'invoice.mark_uncollectible': billers,
  'invoice.pay_out_of_band': billers,
  'invoice.delete_draft': billers,
  'share_link.copy': billers,
  'share_link.revoke': billers,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof access

export function may(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = access[permission]
  return allowed.includes(role)
}

export const permissions = Object.keys(access) as Permission[]
