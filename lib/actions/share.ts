'use server'

import { shareLinkInput } from '@/lib/domain/invoice-input'
import { copyShareLink } from '@/lib/share/copy-share-link'
import { revokeShareLink } from '@/lib/share/revoke-share-link'
import { defineAction } from './action-client'

export const copyShareLinkAction = defineAction({
  permission: 'share_link.copy',
  input: shareLinkInput,
  run: copyShareLink,
})

export const revokeShareLinkAction = defineAction({
  permission: 'share_link.revoke',
  input: shareLinkInput,
  run: revokeShareLink,
})
