import { expect, test } from 'vitest'
import { importsOnlyTypes } from './type-imports'

test.each([
  [`import type Stripe from 'stripe'`, true],
  [`import Stripe from 'stripe'`, false],
  [`import type Stripe from "stripe"\nimport { other } from './stripe'`, true],
  [`import type Stripe from 'stripe'\nimport { errors } from 'stripe'`, false],
  [`import {\n  type Stripe,\n} from 'stripe'`, false],
  [`export type { Stripe } from 'stripe'`, true],
  [`import 'stripe'`, false],
  [`import type Stripe from 'stripe'\nconst late = await import('stripe')`, false],
  [`const text = 'stripe'`, false],
])('%s', (source, expected) => {
  expect(importsOnlyTypes(source, 'stripe')).toBe(expected)
})
