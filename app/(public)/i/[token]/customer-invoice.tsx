import { Download, Lock, type LucideIcon } from 'lucide-react'
import { InvoiceSheet } from '@/components/invoices/invoice-sheet'
import { totalsRows } from '@/components/invoices/totals-rows'
import { buttonStyle } from '@/components/ui/button-style'
import { classNames } from '@/components/ui/class-names'
import { Money } from '@/components/ui/money'
import { Sheet } from '@/components/ui/sheet'
import type { PublicInvoice } from '@/lib/domain/invoice-view'
import { looks, standingOf } from './standing'

/** What an issued invoice asks of the customer, the way to do it, and the invoice itself. `path` is this page's own. */
export function CustomerInvoice({ invoice, path }: { invoice: PublicInvoice; path: string }) {
  const { number, currency, sellerName, state } = invoice
  const { icon, className } = looks[state]
  return (
    <>
      <header className="flex flex-col gap-5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          {sellerName !== null && <p className="font-semibold text-lg">{sellerName}</p>}
          <h1 className="text-ink-muted">
            Invoice <span className="font-mono text-ink">{number}</span>
          </h1>
        </div>
        <div className="flex flex-col gap-2 border-t-2 border-t-rule-strong pt-5">
          <p className="font-medium text-3xl tabular-nums tracking-tight">
            <Money
              minor={figureOf(invoice)}
              currency={currency}
              look={state === 'void' ? 'struck' : 'plain'}
              hasCode
            />
          </p>
          <Standing icon={icon} className={className} text={standingOf(invoice)} />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          {invoice.canPay && (
            <Pay action={`${path}/pay`} minor={invoice.amountRemaining} currency={currency} />
          )}
          {invoice.hasPdf && (
            <a
              href={`${path}/pdf`}
              className={classNames(buttonStyle('secondary', 'medium'), 'h-11 max-sm:w-full')}
            >
              <Download aria-hidden />
              Download PDF
            </a>
          )}
        </div>
        {invoice.canPay && (
          <p className="flex items-start gap-1.5 text-ink-muted text-sm">
            <Lock aria-hidden className="mt-0.75 size-3.5 shrink-0" />
            You pay on Stripe’s secure page. Your card details never reach this site.
          </p>
        )}
      </header>
      <Sheet>
        <InvoiceSheet
          invoice={{ ...invoice, totals: totalsRows({ ...invoice, isVoid: state === 'void' }) }}
        />
      </Sheet>
      <footer className="mt-auto border-t pt-4 text-ink-muted text-xs">
        Anyone with this link can see this page. Keep it as you would keep the invoice.
      </footer>
    </>
  )
}

/** What is owed while something is; afterwards what the invoice was about. */
function figureOf({ state, total, amountRemaining }: PublicInvoice): number {
  return state === 'paid' || state === 'void' ? total : amountRemaining
}

function Standing({ icon: Icon, className, text }: { icon: LucideIcon; className: string; text: string }) {
  return (
    <p className={classNames('flex items-start gap-2 font-medium text-lg', className)}>
      <Icon aria-hidden className="mt-1 size-4 shrink-0" />
      <span className="text-pretty">{text}</span>
    </p>
  )
}

/** A plain form: works before and without any script, and Stripe's page is asked for at the press. */
function Pay({ action, minor, currency }: { action: string; minor: number; currency: string }) {
  return (
    <form method="post" action={action} className="max-sm:w-full">
      <button
        type="submit"
        className={classNames(buttonStyle('primary', 'medium'), 'h-11 w-full px-6 text-lg max-sm:h-12')}
      >
        Pay <Money minor={minor} currency={currency} />
      </button>
    </form>
  )
}
