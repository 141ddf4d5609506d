'use client'

import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  type LucideIcon,
  RotateCw,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react'
import { ObjectLink } from '@/components/shell/object-link'
import { InstantText } from '@/components/ui/instant-text'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { tableColumns } from '@/components/ui/table-columns'
import type { StripeEventRow } from '@/lib/domain/sync-view'

const column = tableColumns<StripeEventRow>()

const states: Record<StripeEventRow['state'], { tone: Tone; icon: LucideIcon; label: string }> = {
  received: { tone: 'info', icon: CircleDashed, label: 'On its way' },
  applied: { tone: 'positive', icon: CircleCheck, label: 'Applied' },
  ignored: { tone: 'neutral', icon: CircleSlash, label: 'Not needed' },
  quarantined: { tone: 'warning', icon: ShieldAlert, label: 'Kept apart' },
  failed: { tone: 'warning', icon: RotateCw, label: 'Failed, tried again' },
  dead: { tone: 'urgent', icon: TriangleAlert, label: 'Given up' },
}

export const eventColumns = column.columns([
  column.accessor('type', {
    header: 'Event',
    meta: { phone: 'lead' },
    cell: ({ row: { original: event } }) => (
      <span className="flex min-w-0 flex-col">
        <span className="wrap-anywhere font-mono">{event.type}</span>
        {event.reason !== null && <span className="text-ink-muted text-xs">{event.reason}</span>}
      </span>
    ),
  }),
  column.accessor('objectId', {
    header: 'Object',
    meta: { phone: 'note' },
    cell: ({ row }) => <ObjectLink id={row.original.objectId} />,
  }),
  column.accessor('state', {
    header: 'State',
    meta: { phone: 'figure', isTight: true },
    cell: ({ row }) => <StatusBadge {...states[row.original.state]} />,
  }),
  column.accessor('receivedAt', {
    header: 'Arrived',
    meta: { phone: 'state', isTight: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.receivedAt} />
      </span>
    ),
  }),
])
