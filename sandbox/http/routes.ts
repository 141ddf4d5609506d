import type { Endpoint } from '@/sandbox/http/endpoint'
import { accountEndpoints } from '@/sandbox/resources/account'
import { customerBalanceEndpoints } from '@/sandbox/resources/customer-balance'
import { customerEndpoints } from '@/sandbox/resources/customers'
import { priceEndpoints } from '@/sandbox/resources/prices'
import { productEndpoints } from '@/sandbox/resources/products'
import { webhookEndpointEndpoints } from '@/sandbox/resources/webhook-endpoints'

/** Every endpoint of the API. */
export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...productEndpoints,
  ...priceEndpoints,
  ...customerEndpoints,
  ...customerBalanceEndpoints,
  ...webhookEndpointEndpoints,
]
