const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'
const threeDecimal = 'bhd jod kwd omr tnd'
const twoDecimal =
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop ' +
  'crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs ' +
  'khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen ' +
  'pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx ' +
  'uyu uzs wst yer zar zmw'

const exponents = new Map<string, number>([
  ...twoDecimal.split(' ').map((code) => [code, 2] as const),
  ...zeroDecimal.split(' ').map((code) => [code, 0] as const),
  ...threeDecimal.split(' ').map((code) => [code, 3] as const),
])

/** Smallest amount Stripe charges, in minor units. */
const minimums = new Map(
  Object.entries({
    usd: 50,
    aed: 200,
    aud: 50,
    bgn: 100,
    brl: 50,
    cad: 50,
    chf: 50,
    czk: 1500,
    dkk: 250,
    eur: 50,
    gbp: 30,
    hkd: 400,
    huf: 17500,
    inr: 50,
    jpy: 50,
    mxn: 1000,
    myr: 200,
    nok: 300,
    nzd: 50,
    pln: 200,
    ron: 200,
    sek: 300,
    sgd: 50,
    thb: 1000,
  }),
)

const wideMaximums = new Map(
  Object.entries({
    idr: 999_999_999_999,
    inr: 999_999_999,
    jpy: 9_999_999_999,
    huf: 9_999_999_999,
    cop: 9_999_999_999,
    lbp: 999_999_999_999,
  }),
)

/** @param code lower case, as on the wire */
export function isCurrency(code: string): boolean {
  return exponents.has(code)
}

export function exponentOf(currency: string): number {
  return exponents.get(currency) ?? 2
}

/** Amounts above 0 and below this are not charged, in minor units. */
export function minimumCharge(currency: string): number {
  return minimums.get(currency) ?? 1
}

export function maximumCharge(currency: string): number {
  return wideMaximums.get(currency) ?? 99_999_999
}

/** Between which amounts an invoice is charged; others are moved to the customer's balance. */
export function chargeLimits(currency: string): { minimum: bigint; maximum: bigint } {
  return { minimum: BigInt(minimumCharge(currency)), maximum: BigInt(maximumCharge(currency)) }
}

/**
 * Currencies whose last digits have to be zero although Stripe counts them: three-decimal ones by tens, and two
 * that lost their cents by hundreds.
 */
export function smallestStep(currency: string): number {
  if (exponentOf(currency) === 3) return 10
  return currency === 'isk' || currency === 'ugx' ? 100 : 1
}

/** Largest amount of a line, in minor units: with 250 lines the sums stay far below what JSON can carry. */
export const maximumLine = 999_999_999_999
