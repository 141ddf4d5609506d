import { type Html, html } from '@/sandbox/hosted/html'

export type FieldSpec = {
  /** Keeps ids apart where two forms on a page have a field of the same name. */
  form: string
  name: string
  label: string
  value?: string
  example?: string
  /** What the browser may fill in, as in `autocomplete`. */
  purpose: string
  isNumeric?: boolean
  /** What is wrong with it. */
  error?: string
}

/** A labeled field, with what is wrong with it right below. */
export function field({ form, name, label, value, example, purpose, isNumeric, error }: FieldSpec): Html {
  const id = `${form}-${name}`
  return html`<div class="field"><label for="${id}">${label}</label>
    <input id="${id}" name="${name}" value="${value}" placeholder="${example}" autocomplete="${purpose}"
      maxlength="100" spellcheck="false"${isNumeric && html` inputmode="numeric"`}${error !== undefined && html` aria-invalid="true" aria-describedby="${id}-error" autofocus`}>
    ${error !== undefined && html`<p class="wrong" id="${id}-error" role="alert">${error}</p>`}</div>`
}
