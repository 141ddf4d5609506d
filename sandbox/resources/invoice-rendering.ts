import { type Ctx, referred } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import { clearable, hash, integer, oneOf, type Params, text } from '@/sandbox/http/params'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { checkVersion, usableTemplate } from '@/sandbox/resources/rendering-template-record'
import { styleOf } from '@/sandbox/resources/rendering-templates'

export const amountTaxDisplay = clearable(oneOf('exclude_tax', 'include_inclusive_tax'))

const renderingShape = {
  amount_tax_display: amountTaxDisplay,
  pdf: hash({ page_size: oneOf('a4', 'auto', 'letter') }),
  template: clearable(text(255)),
  template_version: clearable(integer({ min: 1 })),
}

export const renderingRule = clearable(hash(renderingShape))

type RenderingInput = Params<typeof renderingShape> | null | undefined
type Rendering = InvoiceRecord['rendering']

const blank = { amount_tax_display: null, pdf: null, template: null, template_version: null }

/** How the customer wants invoices rendered, for a new draft. */
export function renderingFor({
  invoice_settings: { rendering_options: options },
}: CustomerRecord): Rendering {
  return options && { ...blank, ...options }
}

/**
 * Another template comes in its newest version unless one is asked for; null clears everything.
 * @throws StripeError for a template that does not exist or is archived, and for a version it never had
 */
export function mergeRendering(ctx: Ctx, current: Rendering, change: RenderingInput): Rendering {
  if (change === undefined) return current
  if (change === null) return null
  const { amount_tax_display: display, pdf, template, template_version: version } = change
  const merged = { ...(current ?? blank) }
  if (display !== undefined) merged.amount_tax_display = display
  if (pdf !== undefined) merged.pdf = { page_size: pdf.page_size ?? 'auto' }
  if (template !== undefined) Object.assign(merged, { template, template_version: null })
  if (version !== undefined) merged.template_version = version
  if (template) usableTemplate(ctx, template, 'rendering[template]')
  if (version) checkTemplateVersion(ctx, merged.template, version)
  return merged
}

function checkTemplateVersion(ctx: Ctx, template: string | null, version: number): void {
  const param = 'rendering[template_version]'
  if (template === null) throw invalidRequest('A template version needs a template.', { param })
  checkVersion(referred(ctx, 'renderingTemplates', template), version, param)
}

/** What an input would change apart from the page size, which final invoices still let change. */
export function restyles(input: RenderingInput): boolean {
  return input === null || (input !== undefined && Object.keys(input).some((key) => key !== 'pdf'))
}

/**
 * The rendering of an invoice that becomes final: its template in the version of this moment.
 * @throws StripeError when the template has been archived
 */
export function frozenRendering(ctx: Ctx, rendering: Rendering): Rendering {
  if (!rendering?.template) return rendering
  const { version } = usableTemplate(ctx, rendering.template, 'rendering[template]')
  return { ...rendering, template_version: rendering.template_version ?? version }
}

/** What is printed: the invoice's own words, and where it says nothing those of its template. */
export function printedStyle(ctx: Ctx, invoice: InvoiceRecord) {
  const { custom_fields, description, footer, rendering } = invoice
  const template = rendering?.template ? referred(ctx, 'renderingTemplates', rendering.template) : undefined
  const style = template && styleOf(template, rendering?.template_version ?? template.version)
  return {
    memo: description ?? style?.memo ?? null,
    footer: footer ?? style?.footer ?? null,
    page_size: rendering?.pdf?.page_size ?? style?.page_size ?? null,
    custom_fields: custom_fields ?? style?.custom_fields ?? null,
    amount_tax_display: rendering?.amount_tax_display ?? style?.amount_tax_display ?? null,
  }
}
