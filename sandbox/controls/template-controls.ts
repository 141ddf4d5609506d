import { z } from 'zod'
import { nobody } from '@/sandbox/context'
import { type Control, control, NothingThere, readBody } from '@/sandbox/controls/control'
import { serializeTemplate } from '@/sandbox/resources/rendering-template-record'
import { createTemplate, restyleTemplate } from '@/sandbox/resources/rendering-templates'

const style = {
  memo: z.string().max(1500).nullable(),
  footer: z.string().max(5000).nullable(),
  page_size: z.enum(['a4', 'auto', 'letter']).nullable(),
  custom_fields: z
    .array(z.strictObject({ name: z.string().min(1).max(40), value: z.string().min(1).max(140) }))
    .max(4)
    .nullable(),
  amount_tax_display: z.enum(['exclude_tax', 'include_inclusive_tax']).nullable(),
}

const newTemplate = z.strictObject({
  nickname: z.string().min(1).nullable().default(null),
  metadata: z.record(z.string(), z.string()).default({}),
  memo: style.memo.default(null),
  footer: style.footer.default(null),
  page_size: style.page_size.default(null),
  custom_fields: style.custom_fields.default(null),
  amount_tax_display: style.amount_tax_display.default(null),
})

const restyling = z.strictObject(style).partial()

/** Rendering templates are made and edited in Stripe's Dashboard only. */
export const templateControls: Control[] = [
  control('POST templates', (engine, { body }) => {
    const { nickname, metadata, ...look } = readBody(newTemplate, body)
    return engine.transact(nobody, (ctx) =>
      serializeTemplate(createTemplate(ctx, { nickname, metadata, style: look })),
    )
  }),
  control('POST templates/:id', (engine, { id, body }) => {
    const change = readBody(restyling, body)
    return engine.transact(nobody, (ctx) => {
      const template = ctx.store.get('renderingTemplates', id)
      if (!template) throw new NothingThere(`There is no template ${id}.`)
      return serializeTemplate(restyleTemplate(ctx, template, change))
    })
  }),
]
