'use client'

import type { ReactTable, RowData } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { classNames } from './class-names'
import type { ColumnLook, DataTableFeatures } from './table-columns'

type SortState = false | 'asc' | 'desc'

const ariaSort = { asc: 'ascending', desc: 'descending' } as const

/** Column headings, aligned with their cells; those that sort are buttons and announce their state. */
export function TableHead<Row extends RowData>({ table }: { table: ReactTable<DataTableFeatures, Row> }) {
  return (
    <thead className="max-sm:sr-only">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} className="border-b">
          {group.headers.map((header) => {
            const look = header.column.columnDef.meta
            const canSort = header.column.getCanSort()
            const sorted = header.column.getIsSorted()
            const heading = <table.FlexRender header={header} />
            return (
              <th
                key={header.id}
                scope="col"
                aria-sort={sorted === false ? undefined : ariaSort[sorted]}
                className={headingStyle(look)}
              >
                {canSort ? (
                  <button
                    type="button"
                    onClick={header.column.getToggleSortingHandler()}
                    className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:bg-hover hover:text-ink"
                  >
                    {heading}
                    <SortMark sorted={sorted} />
                  </button>
                ) : (
                  heading
                )}
              </th>
            )
          })}
        </tr>
      ))}
    </thead>
  )
}

function headingStyle(look: ColumnLook | undefined): string {
  return classNames(
    'h-8 whitespace-nowrap px-3 font-normal text-ink-muted text-xs first:pl-1 last:pr-1',
    look?.align === 'end' ? 'text-right' : 'text-left',
    look?.isTight && 'sm:w-px',
    look?.isWideOnly && 'max-lg:hidden',
  )
}

function SortMark({ sorted }: { sorted: SortState }) {
  if (sorted === 'asc') return <ArrowUp aria-hidden className="size-3" />
  if (sorted === 'desc') return <ArrowDown aria-hidden className="size-3" />
  return <ChevronsUpDown aria-hidden className="size-3 text-ink-faint" />
}
