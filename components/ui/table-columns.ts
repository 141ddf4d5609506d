import {
  type ColumnDef,
  createColumnHelper,
  metaHelper,
  type RowData,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'

/**
 * Where a cell goes when the row becomes an entry of two columns below 640 px: `lead` top left, `figure` top right,
 * `state` right beneath, `note` left beneath. `hidden` leaves it to the row's own page.
 */
export type PhonePlace = 'lead' | 'figure' | 'state' | 'note' | 'hidden'

export type ColumnLook = {
  phone: PhonePlace
  /** Amounts and counts stand at the end. */
  align?: 'start' | 'end'
  /** The cell's content is the link of the whole row. One column has it. */
  isRowLink?: boolean
  /** Takes only the width it needs. */
  isTight?: boolean
  /** Left out between 640 and 1024 px. */
  isWideOnly?: boolean
}

export const dataTableFeatures = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnLook>() })

export type DataTableFeatures = typeof dataTableFeatures

export type DataTableColumns<Row extends RowData> = ReadonlyArray<ColumnDef<DataTableFeatures, Row, unknown>>

/**
 * A typed builder of columns; call it at module scope. Columns sort only where `enableSorting: true` says so, and the
 * server does the sorting.
 */
export function tableColumns<Row extends RowData>() {
  return createColumnHelper<DataTableFeatures, Row>()
}
