import { atPath, type Ctx } from '@/sandbox/context'
import { endpoint } from '@/sandbox/http/endpoint'
import { noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { integer, oneOf } from '@/sandbox/http/params'
import {
  serializeTemplate,
  type TemplateRecord,
  type TemplateStyle,
} from '@/sandbox/resources/rendering-template-record'

type TemplateInput = { nickname?: string | null; metadata?: Record<string, string>; style: TemplateStyle }

/** A template as it would be made in the Dashboard; Stripe's API cannot. */
export function createTemplate(
  ctx: Ctx,
  { nickname = null, metadata, style }: TemplateInput,
): TemplateRecord {
  const template: TemplateRecord = {
    id: ctx.newId('inrtem'),
    object: 'invoice_rendering_template',
    created: ctx.now,
    livemode: false,
    metadata: metadata ?? {},
    nickname,
    status: 'active',
    styles: [style],
    version: 1,
  }
  ctx.store.put('renderingTemplates', template)
  return template
}

/** Another look is another version; invoices that are final keep theirs. */
export function restyleTemplate(
  ctx: Ctx,
  template: TemplateRecord,
  change: Partial<TemplateStyle>,
): TemplateRecord {
  const style = { ...styleOf(template, template.version), ...change }
  const restyled = { ...template, styles: [...template.styles, style], version: template.version + 1 }
  ctx.store.put('renderingTemplates', restyled)
  return restyled
}

/** @param version one that the template has had */
export function styleOf(template: TemplateRecord, version: number): TemplateStyle {
  const style = template.styles[version - 1]
  if (!style) throw new Error(`${template.id} has no version ${version}`)
  return style
}

function endpointSetting(verb: 'archive' | 'unarchive', status: TemplateRecord['status']) {
  return endpoint({
    route: `POST /v1/invoice_rendering_templates/:id/${verb}`,
    returns: 'invoice_rendering_template',
    run(ctx, _, id) {
      const template = { ...atPath(ctx, 'renderingTemplates', id), status }
      ctx.store.put('renderingTemplates', template)
      return serializeTemplate(template)
    },
  })
}

export const renderingTemplateEndpoints = [
  endpoint({
    route: 'GET /v1/invoice_rendering_templates/:id',
    returns: 'invoice_rendering_template',
    params: { version: integer({ min: 1 }) },
    run(ctx, { version }, id) {
      const template = atPath(ctx, 'renderingTemplates', id)
      if (version !== undefined && version > template.version) {
        throw noSuch('version of the invoice rendering template', String(version), 'version', 404)
      }
      return serializeTemplate(template, version)
    },
  }),
  endpoint({
    route: 'GET /v1/invoice_rendering_templates',
    returns: 'list of invoice_rendering_template',
    params: { ...pageParams, status: oneOf('active', 'archived') },
    run: (ctx, { status, ...page }) =>
      listPage(ctx, 'renderingTemplates', page, {
        url: '/v1/invoice_rendering_templates',
        keep: (template) => status === undefined || template.status === status,
        show: (template) => serializeTemplate(template),
      }),
  }),
  endpointSetting('archive', 'archived'),
  endpointSetting('unarchive', 'active'),
]
