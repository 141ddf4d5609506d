'use server'

import { defineAction } from './action-client'
import { operations } from './operations'

export const copyShareLinkAction = defineAction(operations['share_link.copy'])
export const revokeShareLinkAction = defineAction(operations['share_link.revoke'])
