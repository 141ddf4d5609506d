import 'server-only'
import { headers } from 'next/headers'
import { requestContext } from '@/lib/auth/context'
import { createActionDoor } from './action-door'

/** Makes a server action of a use case; see `createActionDoor`. */
export const defineAction = createActionDoor({ headers, context: requestContext })
