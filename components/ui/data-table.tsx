'use client'

import { type RowData, type SortingState, useTable } from '@tanstack/react-table'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { type ColumnLook, type DataTableColumns, dataTableFeatures, type PhonePlace } from './table-columns'
import { TableHead } from './table-head'

type DataTableSort = { column: string; direction: 'asc' | 'desc' }

export type DataTableProps<Row extends RowData> = {
  /** Says what the table lists, to screen readers. */
  caption: string
  columns: DataTableColumns<Row>
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Where a row leads; the column with `isRowLink` carries the link. */
  rowHref?: (row: Row) => string
  sort?: DataTableSort
  onSortChange?: (sort: DataTableSort) => void
  /** Instead of rows when there are none: an EmptyState. */
  empty: ReactNode
  /** Newer rows are on their way: the old ones stay, dimmed. */
  isStale?: boolean
}

const noSort: SortingState = []

/** A ledger: hairlines, figures at the end, one link per row. Below 640 px each row is an entry of two columns. */
export function DataTable<Row extends RowData>({
  caption,
  columns,
  rows,
  rowId,
  rowHref,
  sort,
  onSortChange,
  empty,
  isStale = false,
}: DataTableProps<Row>) {
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    defaultColumn: { enableSorting: false },
    state: { sorting: sort ? [{ id: sort.column, desc: sort.direction === 'desc' }] : noSort },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(table.state.sorting) : update
      if (next) onSortChange?.({ column: next.id, direction: next.desc ? 'desc' : 'asc' })
    },
  })
  if (rows.length === 0) return <>{empty}</>

  return (
    <table
      aria-busy={isStale || undefined}
      className={classNames(
        'w-full border-collapse border-t-2 border-t-rule-strong text-sm transition-opacity max-sm:block',
        isStale && 'opacity-60',
      )}
    >
      <caption className="sr-only">{caption}</caption>
      <TableHead table={table} />
      <tbody className="max-sm:block">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            className="relative border-b transition-colors duration-75 has-[a[data-row-link]:hover]:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:py-2.5"
          >
            {row.getAllCells().map((cell) => {
              const look = cell.column.columnDef.meta
              const content = <table.FlexRender cell={cell} />
              return (
                <td key={cell.id} className={cellStyle(look)}>
                  {look?.isRowLink && rowHref ? (
                    <RowLink href={rowHref(row.original)}>{content}</RowLink>
                  ) : (
                    content
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Its pressable area is the whole row; it is not fetched ahead, for a list would fetch fifty pages. */
function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row-link
      className="font-medium text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  )
}

const phonePlaces: Record<PhonePlace, string> = {
  lead: 'max-sm:col-start-1 max-sm:row-start-1',
  figure: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right',
  state: 'max-sm:col-start-2 max-sm:row-start-2 max-sm:text-right',
  note: 'max-sm:col-start-1 max-sm:text-ink-muted',
  hidden: 'max-sm:hidden',
}

function cellStyle(look: ColumnLook | undefined): string {
  return classNames(
    'h-11 px-3 py-1 align-middle first:pl-1 last:pr-1 max-sm:h-auto max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0',
    look?.align === 'end' && 'tabular-nums sm:text-right',
    look?.isTight && 'whitespace-nowrap sm:w-px',
    look?.isWideOnly && 'max-lg:hidden max-sm:block',
    look && phonePlaces[look.phone],
  )
}
