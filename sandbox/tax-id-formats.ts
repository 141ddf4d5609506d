/**
 * How the value of each type of tax id is written: `9` is a digit, `a` a letter, `x` either; everything else stands
 * for itself, and `- . / ` and spaces may be left out. Alternatives are parted by `|`. From the examples that Stripe
 * publishes; types without one (`free`) take anything that looks like a number of an office.
 */
const free = 'free'

const formats: Record<string, string> = {
  ad_nrt: 'a-999999-a',
  ae_trn: '999999999999999',
  al_tin: 'a99999999a',
  am_tin: '99999999',
  ao_tin: '9999999999|999999999aa999',
  ar_cuit: '99-99999999-9|99-9999999-99',
  au_abn: '99 999 999 999',
  au_acn: '999 999 999',
  au_arn: '999999999999',
  au_wpn: '99999999|999999999',
  aw_tin: '99999999',
  az_tin: '9999999999',
  ba_tin: '999999999999|9999999999999',
  bb_tin: '9999999999999',
  bd_bin: '999999999-9999',
  bf_ifu: '99999999a',
  bg_uic: '999999999|9999999999999',
  bh_vat: '999999999999999',
  bj_ifu: '9999999999999',
  bo_tin: '999999999|9999999999|99999999999|999999999999',
  br_cnpj: 'xx.xxx.xxx/xxxx-99',
  br_cpf: '999.999.999-99',
  bs_tin: '999.999.999',
  bw_vat: free,
  by_tin: '999999999',
  ca_bn: '999999999',
  ca_gst_hst: '999999999aa9999',
  ca_pst_bc: 'PST-9999-9999',
  ca_pst_mb: '999999-9',
  ca_pst_sk: '9999999',
  ca_qst: '9999999999aa9999',
  cd_nif: 'a9999999a',
  ch_uid: 'CHE-999.999.999|CHE-999.999.999 HR|CHE-999.999.999 RC',
  ch_vat: 'CHE-999.999.999 MWST|CHE-999.999.999 TVA|CHE-999.999.999 IVA',
  ci_vat: free,
  cl_tin: '99.999.999-x|9.999.999-x',
  cm_niu: 'a999999999999a',
  cn_tin: 'xxxxxxxxxxxxxxx|xxxxxxxxxxxxxxxxxx|xxxxxxxxxxxxxxxxxxxx',
  co_nit: '999.999.999-9|999.999.999',
  cr_tin: '9-999-999999|9-9999-9999|999999999999',
  cv_nif: '999999999',
  cz_dic: 'CZ99999999|CZ999999999|CZ9999999999|99999999|999999999|9999999999',
  de_stn: '9999999999|99999999999|9999999999999',
  do_rcn: '999-9999999-9|9-99-99999-9',
  ec_ruc: '9999999999999',
  eg_tin: '999999999',
  es_cif: 'x9999999x',
  et_tin: '9999999999',
  eu_oss_vat: 'EU999999999',
  fo_vat: '999999',
  fr_siren: '999 999 999',
  fr_siret: '999 999 999 99999',
  fr_spi: '9999999999999',
  gb_vat: 'GB999999999|GB999999999999|GBGD999|GBHA999',
  ge_vat: '999999999',
  gh_tin: free,
  gi_tin: '999999',
  gn_nif: '999999999',
  hk_br: '99999999',
  hr_oib: '99999999999',
  hu_tin: '99999999-9-99',
  ic_nif: 'x9999999x',
  id_npwp: '999.999.999.9-999.999|99.999.999.9-999.999|9999999999999999',
  il_vat: '999999999',
  in_gst: '99aaaaa9999axax',
  is_kt: '999999-9999',
  is_vat: '99999|999999',
  it_cf: 'aaaaaa99a99a999a|99999999999',
  jp_cn: '9999999999999',
  jp_rn: '99999',
  jp_trn: 'T9999999999999',
  ke_pin: 'a999999999a',
  kg_tin: '99999999999999',
  kh_tin: '9999-999999999|a999-999999999',
  kr_brn: '999-99-99999',
  kz_bin: '999999999999',
  la_tin: '999999999-999',
  li_uid: 'CHE-999.999.999',
  li_vat: '99999',
  lk_vat: '999999999-9999',
  ma_vat: '99999999',
  md_cf: '9999999999999',
  md_vat: '9999999',
  me_pib: '99999999',
  mk_vat: 'MK9999999999999',
  mr_nif: '99999999',
  mu_vat: free,
  mx_rfc: 'aaa999999xxx|aaaa999999xxx',
  my_frp: '99999999',
  my_itn: 'a 9999999999|aa 9999999999|aa 99999999999',
  my_sst: 'a99-9999-99999999',
  mz_nuit: '999999999',
  ng_tin: '99999999-9999',
  no_vat: '999999999MVA',
  no_voec: '9999999',
  np_pan: '999999999',
  nz_bn: '9999999999999',
  nz_gst: '99999999|999999999',
  om_vat: 'OM9999999999',
  pe_ruc: '99999999999',
  ph_tin: '999-999-999-999|999-999-999|999-999-999-99999',
  pl_nip: '999-999-99-99|PL9999999999',
  pt_nif: '999999999',
  py_ruc: '99999999-9|9999999-9|999999-9',
  ro_tin: '9999999999999',
  rs_pib: '999999999',
  ru_inn: '9999999999|999999999999',
  ru_kpp: '9999xx999',
  sa_vat: '999999999999999',
  sg_gst: 'a99999999a|a9999999a|99-9999999-a|99999999a|999999999a',
  sg_uen: '99999999a|999999999a|a99aa9999a',
  si_tin: '99999999',
  sm_coe: free,
  sn_ninea: '99999999a9|9999999 9a9',
  sr_fin: '9999999999',
  sv_nit: '9999-999999-999-9',
  th_vat: '9999999999999',
  tj_tin: '999999999',
  tr_tin: '9999999999',
  tt_bir: free,
  tt_vat: free,
  tw_vat: '99999999',
  tz_vat: '99999999a|99-999999-a',
  ua_vat: '999999999|999999999999',
  ug_tin: '9999999999',
  us_ein: '99-9999999',
  uy_ruc: '999999999999',
  uz_tin: '999999999',
  uz_vat: '999999999999',
  ve_rif: 'a-99999999-9',
  vn_tin: '9999999999|9999999999-999',
  za_vat: '4999999999',
  zm_tin: '9999999999',
  zw_tin: '9999999999',
}

/** The European VAT number of each member, with its country in front. */
const europeanFormats: Record<string, string> = {
  AT: 'ATU99999999',
  BE: 'BE9999999999',
  BG: 'BG999999999|BG9999999999',
  CY: 'CY99999999a',
  CZ: 'CZ99999999|CZ999999999|CZ9999999999',
  DE: 'DE999999999',
  DK: 'DK99999999',
  EE: 'EE999999999',
  EL: 'EL999999999',
  ES: 'ESx9999999x',
  FI: 'FI99999999',
  FR: 'FRxx999999999',
  HR: 'HR99999999999',
  HU: 'HU99999999',
  IE: 'IE9999999a|IE9999999aa|IE9x99999a',
  IT: 'IT99999999999',
  LT: 'LT999999999|LT999999999999',
  LU: 'LU99999999',
  LV: 'LV99999999999',
  MT: 'MT99999999',
  NL: 'NL999999999B99',
  PL: 'PL9999999999',
  PT: 'PT999999999',
  RO: 'RO99|RO999|RO9999|RO99999|RO999999|RO9999999|RO99999999|RO999999999|RO9999999999',
  SE: 'SE999999999999',
  SI: 'SI99999999',
  SK: 'SK9999999999',
  XI: 'XI999999999|XI999999999999|XIGD999|XIHA999',
}

/** Types whose value does not begin with the country, or begins with another one's name for it. */
const countryExceptions: Record<string, string | null> = { eu_oss_vat: null, ic_nif: 'ES' }

export const taxIdTypes: readonly string[] = [...Object.keys(formats), 'eu_vat'].sort()

/** Values that stand for an outcome of verification, whatever they look like otherwise. */
const testOutcomes = { '000000000': 'verified', '111111111': 'unverified', '222222222': 'pending' } as const

const checkedWithOffice = new Set(['au_abn', 'eu_vat', 'gb_vat'])

/**
 * What verification says in the end: types that no office is asked about are unavailable at once.
 * Only Stripe's test values fail or hang; everything else that is written correctly is found.
 * @param value a correct one
 */
export function verificationOutcome(
  type: string,
  value: string,
): 'verified' | 'unverified' | 'pending' | 'unavailable' {
  if (!checkedWithOffice.has(type)) return 'unavailable'
  return testOutcome(value) ?? 'verified'
}

function testOutcome(value: string) {
  const digits = value.toUpperCase().replace(/^[A-Z]{2}U?/, '')
  return Object.hasOwn(testOutcomes, digits) ? testOutcomes[digits as keyof typeof testOutcomes] : undefined
}

/** Whether the value is written as its type wants it. @param type one of `taxIdTypes` */
export function isTaxIdValue(type: string, value: string): boolean {
  if (checkedWithOffice.has(type) && testOutcome(value)) return true
  if (type !== 'eu_vat') return fits(formats[type] ?? '', value)
  const country = value.slice(0, 2).toUpperCase()
  return fits(Object.hasOwn(europeanFormats, country) ? (europeanFormats[country] ?? '') : '', value)
}

/** ISO code of the country that gave the id, or null when several did or the value does not say. */
export function taxIdCountry(type: string, value: string): string | null {
  if (type === 'eu_vat') return europeanCountry(value)
  const exception = countryExceptions[type]
  return exception === undefined ? type.slice(0, 2).toUpperCase() : exception
}

function europeanCountry(value: string): string | null {
  const prefix = value.slice(0, 2).toUpperCase()
  if (prefix === 'EL') return 'GR'
  if (prefix === 'XI') return 'GB'
  return Object.hasOwn(europeanFormats, prefix) ? prefix : null
}

function fits(format: string, value: string): boolean {
  if (format === free) return /^[A-Z0-9][A-Z0-9 ./-]{3,24}$/i.test(value)
  return format !== '' && format.split('|').some((variant) => patternOf(variant).test(value))
}

const classes: Record<string, string> = { '9': '\\d', a: '[A-Z]', x: '[A-Z0-9]' }

function patternOf(variant: string): RegExp {
  const parts = [...variant].map((sign) => {
    if (/[-./ ]/.test(sign)) return `[${sign}]?`
    return classes[sign] ?? sign
  })
  return new RegExp(`^${parts.join('')}$`, 'i')
}
