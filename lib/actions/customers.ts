'use server'

import { createCustomer } from '@/lib/customers/create-customer'
import { createCustomerInput } from '@/lib/domain/customer-input'
import { defineAction } from './action-client'

export const createCustomerAction = defineAction({
  permission: 'customer.create',
  input: createCustomerInput,
  run: createCustomer,
})
