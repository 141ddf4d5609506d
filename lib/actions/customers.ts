'use server'

import { defineAction } from './action-client'
import { operations } from './operations'

export const createCustomerAction = defineAction(operations['customer.create'])
