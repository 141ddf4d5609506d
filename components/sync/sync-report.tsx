'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { syncQueries } from '@/lib/query/sync-queries'
import { deadObjectColumns } from './dead-object-columns'
import { eventColumns } from './event-columns'
import { SyncFacts } from './sync-facts'

/** Whether the copy can be trusted right now, and what says so. Changes by itself. */
export function SyncReport() {
  const { data: summary } = useSuspenseQuery(syncQueries.summary())
  return (
    <div className="flex flex-col gap-9">
      <SyncFacts health={summary.health} />
      {summary.deadObjects.length > 0 && (
        <Panel title="Given up on">
          <DataTable
            caption="Objects that could not be copied after several tries"
            columns={deadObjectColumns}
            rows={summary.deadObjects}
            rowId={(object) => `${object.type} ${object.id}`}
            empty={null}
          />
        </Panel>
      )}
      <Panel title="Events from Stripe">
        <DataTable
          caption="The newest events, as they arrived"
          columns={eventColumns}
          rows={summary.events}
          rowId={(event) => event.id}
          empty={
            <EmptyState title="No event has arrived yet">
              Stripe announces every change by a webhook. Until the first one arrives, Duebook asks Stripe
              once a minute.
            </EmptyState>
          }
        />
      </Panel>
    </div>
  )
}
