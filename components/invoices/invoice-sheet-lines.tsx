import { Money } from '@/components/ui/money'
import type { PublicInvoice } from '@/lib/domain/invoice-view'
import { formatUnitAmount } from '@/lib/domain/unit-amount'

/** `amount` is null while it cannot be told. */
export type SheetLine = Omit<PublicInvoice['lines'][number], 'amount'> & { amount: number | bigint | null }

/** The lines of a sheet: a table of four columns, or of two where there is no room, with quantity and price beneath. */
export function InvoiceSheetLines({ lines, currency }: { lines: readonly SheetLine[]; currency: string }) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Lines</caption>
      <thead>
        <tr className="border-b border-b-rule-strong text-ink-muted text-xs">
          <th scope="col" className="py-1.5 text-left font-normal">
            Description
          </th>
          <th scope="col" className="px-4 py-1.5 text-right font-normal @max-md:hidden">
            Quantity
          </th>
          <th scope="col" className="px-4 py-1.5 text-right font-normal @max-md:hidden">
            Price
          </th>
          <th scope="col" className="py-1.5 pl-4 text-right font-normal">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.length === 0 && (
          <tr className="border-b text-ink-muted">
            <td colSpan={4} className="py-2">
              No lines yet
            </td>
          </tr>
        )}
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a customer's line carries no id, and the order is the invoice's own.
          <LineRow key={index} line={line} currency={currency} />
        ))}
      </tbody>
    </table>
  )
}

function LineRow({ line, currency }: { line: SheetLine; currency: string }) {
  const price = line.unitAmountDecimal === null ? '—' : unitPrice(line.unitAmountDecimal, currency)
  return (
    <tr className="border-b align-baseline">
      <td className="py-2">
        <span className="whitespace-pre-line wrap-anywhere">
          <bdi>{line.description ?? '—'}</bdi>
        </span>
        <span className="block text-ink-muted text-xs tabular-nums @md:hidden">
          {line.quantity} × {price}
        </span>
      </td>
      <td className="px-4 py-2 text-right tabular-nums @max-md:hidden">{line.quantity}</td>
      <td className="whitespace-nowrap px-4 py-2 text-right tabular-nums @max-md:hidden">{price}</td>
      <td className="py-2 pl-4 text-right">
        <Money minor={line.amount} currency={currency} />
      </td>
    </tr>
  )
}

const unitPrice = (decimal: string, currency: string) => formatUnitAmount(decimal, currency).replace('-', '−')
