import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { emit, emitUpdate, previousAttributes } from '@/sandbox/events'
import { mergeMetadata, metadata, taxCode, url } from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest } from '@/sandbox/http/errors'
import {
  bool,
  checked,
  clearable,
  decimal,
  hash,
  list,
  oneOf,
  type Params,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

export type Product = Wire<Stripe.Product>

/** `adHoc` products belong to items that were created with a bare amount; lists do not show them. */
export type ProductRecord = Product & { adHoc: boolean }

export function serializeProduct(_ctx: Ctx, { adHoc: _, ...product }: ProductRecord) {
  return product satisfies Product
}

export const descriptor = checked(text(22), (value) =>
  /[<>\\"']/.test(value) ? 'The statement descriptor must not contain < > \\ " or \'.' : undefined,
)
export const productId = checked(text(255), (id) =>
  /^[A-Za-z0-9_-]+$/.test(id) ? undefined : `Invalid product id: ${id}. Use letters, digits, - and _ only.`,
)
export const features = list(hash({ name: required(text(80)) }), 15)
export const images = list(url, 8)

const measure = required(decimal({ places: 2 }))
const packageDimensionsShape = { height: measure, length: measure, weight: measure, width: measure }
export const packageDimensions = hash(packageDimensionsShape)
/** Places of performance belong to Stripe Tax. */
const taxDetailsShape = { performance_location: unbuilt(), tax_code: clearable(taxCode) }
export const taxDetails = hash(taxDetailsShape)

export const productDataShape = {
  name: required(text(5000)),
  active: bool,
  description: text(40_000),
  images,
  marketing_features: features,
  metadata,
  shippable: bool,
  statement_descriptor: descriptor,
  type: oneOf('good', 'service'),
  unit_label: text(12),
  url,
  package_dimensions: packageDimensions,
  tax_code: taxCode,
  tax_details: taxDetails,
}

/** What a price may say about the product it brings along. */
export const priceProductShape = {
  active: bool,
  id: productId,
  metadata,
  name: productDataShape.name,
  statement_descriptor: descriptor,
  tax_code: taxCode,
  tax_details: taxDetails,
  unit_label: productDataShape.unit_label,
}

/** What a line of an invoice may say about it. */
export const lineProductShape = {
  description: productDataShape.description,
  images,
  metadata,
  name: productDataShape.name,
  tax_code: taxCode,
  tax_details: taxDetails,
  unit_label: productDataShape.unit_label,
}

/** Writes a product and its `product.created`. @throws StripeError when the id is taken */
export function createProduct(
  ctx: Ctx,
  params: Params<typeof productDataShape> & { id?: string },
): ProductRecord {
  if (params.id !== undefined && ctx.store.get('products', params.id)) {
    throw invalidRequest(`Product already exists.`, { code: 'resource_already_exists', param: 'id' })
  }
  const product = newProduct(ctx, params, false)
  ctx.store.put('products', product)
  emit(ctx, 'product.created', serializeProduct(ctx, product))
  return product
}

/** The hidden product behind an item with a bare amount. It is nobody's catalog, so no event tells of it. */
export function createAdHocProduct(ctx: Ctx, name: string): ProductRecord {
  const product = newProduct(ctx, { name, active: false }, true)
  ctx.store.put('products', product)
  return product
}

function newProduct(
  ctx: Ctx,
  params: Params<typeof productDataShape> & { id?: string },
  adHoc: boolean,
): ProductRecord {
  return {
    id: params.id ?? ctx.newId('prod'),
    object: 'product',
    active: params.active ?? true,
    created: ctx.now,
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: params.marketing_features ?? [],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: params.package_dimensions ? dimensionsFrom(params.package_dimensions) : null,
    shippable: params.shippable ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    ...taxFrom({ tax_code: null, tax_details: null }, params),
    type: params.type ?? 'service',
    unit_label: params.unit_label ?? null,
    updated: ctx.now,
    url: params.url ?? null,
    adHoc,
  }
}

/** Inches and ounces, as numbers. */
export function dimensionsFrom({ height, length, weight, width }: Params<typeof packageDimensionsShape>) {
  return {
    height: Number(height),
    length: Number(length),
    weight: Number(weight),
    width: Number(width),
  }
}

/**
 * The tax code stands in two places, which say the same once the details have been used.
 * @throws StripeError when the parameters contradict each other
 */
export function taxFrom(
  current: Pick<Product, 'tax_code' | 'tax_details'>,
  input: { tax_code?: string | null; tax_details?: Params<typeof taxDetailsShape> | null },
): Pick<Product, 'tax_code' | 'tax_details'> {
  const { tax_code: code, tax_details: details } = input
  const detailed = details === null ? null : details?.tax_code
  if (code !== undefined && detailed !== undefined && code !== detailed) {
    throw exclusiveParameters('tax_code', 'tax_details[tax_code]')
  }
  const next = code === undefined ? detailed : code
  if (next === undefined) return { tax_code: current.tax_code, tax_details: current.tax_details }
  const hasDetails = details === undefined ? current.tax_details !== null : details !== null
  return { tax_code: next, tax_details: hasDetails ? { performance_location: null, tax_code: next } : null }
}

/** Writes the changed product; its `updated` moves only when something did. */
export function changeProduct(ctx: Ctx, product: ProductRecord, change: Partial<Product>): ProductRecord {
  const whole = { ...product, ...change, updated: ctx.now }
  // Who makes it usable has an ordinary product.
  const changed = { ...whole, adHoc: whole.adHoc && !whole.active }
  const before = serializeProduct(ctx, product)
  const after = serializeProduct(ctx, changed)
  if (Object.keys(previousAttributes({ ...before, updated: 0 }, { ...after, updated: 0 })).length === 0)
    return product
  emitUpdate(ctx, 'product.updated', before, after)
  ctx.store.put('products', changed)
  return changed
}
