import type Stripe from 'stripe'
import { byParam, type Ctx } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import type { Wire } from '@/sandbox/wire'

type Template = Wire<Stripe.InvoiceRenderingTemplate>

/** What a template says of an invoice's looks; null leaves it to the invoice. */
export type TemplateStyle = {
  memo: string | null
  footer: string | null
  page_size: 'a4' | 'auto' | 'letter' | null
  custom_fields: { name: string; value: string }[] | null
  amount_tax_display: 'exclude_tax' | 'include_inclusive_tax' | null
}

/** `styles` has one entry per version, which never changes. */
export type TemplateRecord = Template & { status: 'active' | 'archived'; styles: TemplateStyle[] }

/** @param version an earlier one; unset shows the newest */
export function serializeTemplate({ styles: _, ...template }: TemplateRecord, version = template.version) {
  return { ...template, version } satisfies Template
}

/** @throws StripeError 400 unless it exists and is not archived */
export function usableTemplate(ctx: Ctx, id: string, param: string): TemplateRecord {
  const template = byParam(ctx, 'renderingTemplates', id, param)
  if (template.status === 'active') return template
  throw invalidRequest(`The invoice rendering template ${id} is archived and cannot be used.`, { param })
}

/** @throws StripeError 400 for a version that the template never had */
export function checkVersion(template: TemplateRecord, version: number, param: string): void {
  if (version <= template.version) return
  throw invalidRequest(`The invoice rendering template ${template.id} has no version ${version}.`, {
    code: 'resource_missing',
    param,
  })
}
