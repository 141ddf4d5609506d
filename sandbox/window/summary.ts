import type { Engine } from '@/sandbox/engine'
import type { Html } from '@/sandbox/hosted/html'
import { html } from '@/sandbox/hosted/html'
import { chooseLanguage } from '@/sandbox/languages/language'
import { placeOf } from '@/sandbox/window/kinds'
import { badge, link, moment } from '@/sandbox/window/parts'

type Fields = Record<string, unknown>

const titleFields = [
  'number',
  'name',
  'display_name',
  'nickname',
  'description',
  'lowerCode',
  'url',
  'type',
  'value',
  'email',
]
const amountFields = ['total', 'amount', 'amount_requested', 'unit_amount']
const ownerFields = ['customer', 'invoice', 'product', 'source', 'holder']

const english = chooseLanguage(['en'])

/** What a list tells of an object of any kind: the fields that kinds have in common, by the names they have there. */
export const summaryColumns = ['Id', 'What', 'Status', 'Amount', { wide: 'Belongs to' }, { wide: 'Created' }]

export function summaryCells(engine: Engine, path: string, row: { id: string }) {
  const fields: Fields = { ...row }
  return [
    html`<span class="id">${link(`${path}/${encodeURIComponent(row.id)}`, row.id)}</span>`,
    firstText(fields, titleFields),
    statusOf(fields),
    amountOf(fields),
    ownerOf(engine, fields),
    typeof fields.created === 'number' ? moment(fields.created) : null,
  ]
}

function firstText(fields: Fields, names: readonly string[]): string | null {
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '')
  return typeof found === 'string' ? found : null
}

function statusOf({ status, active }: Fields): Html | null {
  if (typeof status === 'string') return badge(status)
  return typeof active === 'boolean' ? badge(active ? 'active' : 'archived') : null
}

function amountOf(fields: Fields): Html | null {
  const amount = amountFields.map((name) => fields[name]).find((value) => typeof value === 'number')
  if (typeof amount !== 'number' || typeof fields.currency !== 'string') return null
  return html`<span class="amount">${english.moneyWithCode(amount, fields.currency)}</span>`
}

function ownerOf(engine: Engine, fields: Fields): Html | null {
  for (const name of ownerFields) {
    const id = fields[name]
    if (typeof id !== 'string') continue
    const place = placeOf(engine, name, id)
    return html`<span class="id">${place === undefined ? id : link(place, id)}</span>`
  }
  return null
}
