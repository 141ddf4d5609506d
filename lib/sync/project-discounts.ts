import 'server-only'
import type Stripe from 'stripe'
import { impatient } from '@/lib/stripe/client'
import { parseCoupon, parsePromotionCode } from '@/lib/stripe/parse-discounts'
import { defineKind } from './kind'
import { reader } from './reader'

export const coupons = defineKind<Stripe.Coupon>({
  type: 'coupon',
  table: 'coupons',
  topics: ['catalog'],
  retrieve: (id) => reader().coupons.retrieve(id, {}, impatient),
  list: (page) => reader().coupons.list(page, impatient),
  parse: async (coupon) => ({ row: parseCoupon(coupon), topics: ['catalog', coupon.id] }),
})

export const promotionCodes = defineKind<Stripe.PromotionCode>({
  type: 'promotion_code',
  table: 'promotion_codes',
  topics: ['catalog'],
  retrieve: (id) => reader().promotionCodes.retrieve(id, {}, impatient),
  list: (page) => reader().promotionCodes.list(page, impatient),
  parse: async (code) => ({ row: parsePromotionCode(code), topics: ['catalog', code.id] }),
})
