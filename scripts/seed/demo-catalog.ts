export type DemoCurrency = 'eur' | 'usd' | 'gbp' | 'jpy'

/** Amounts are integer minor units; the first currency's price becomes the product's default. */
export type DemoProduct = {
  key: string
  name: string
  description?: string
  prices: Partial<Record<DemoCurrency, number>>
  isArchived?: boolean
}

/** What an invented maker of measuring instruments sells. */
export const demoProducts: DemoProduct[] = [
  {
    key: 'pressure',
    name: 'Pressure transmitter PT-400',
    description: 'Stainless steel, 0–40 bar, 4–20 mA, certificate of conformity included.',
    prices: { eur: 38_900, usd: 42_500, gbp: 33_900, jpy: 62_000 },
  },
  {
    key: 'flow',
    name: 'Flow meter FM-20',
    description: 'Electromagnetic, DN 20, for water and waste water.',
    prices: { eur: 124_000, usd: 134_900, gbp: 107_500, jpy: 198_000 },
  },
  {
    key: 'gateway',
    name: 'Data logger and gateway DL-8',
    description: 'Eight channels, Modbus and MQTT.',
    prices: { eur: 69_500, usd: 74_900, gbp: 59_900, jpy: 112_000 },
  },
  {
    key: 'calibration',
    name: 'Calibration with certificate (ISO/IEC 17025)',
    description: 'Per instrument, three points, as found and as left.',
    prices: { eur: 18_500, usd: 19_900, gbp: 16_000, jpy: 29_000 },
  },
  {
    key: 'visit',
    name: 'On-site visit',
    description: 'One engineer, one day, travel within the country included.',
    prices: { eur: 115_000, usd: 125_000, gbp: 98_000, jpy: 165_000 },
  },
  {
    key: 'hour',
    name: 'Engineering hour',
    prices: { eur: 13_200, usd: 14_500, gbp: 11_500, jpy: 19_800 },
  },
  {
    key: 'training',
    name: 'Training day for up to twelve people',
    prices: { eur: 190_000, usd: 205_000, gbp: 165_000 },
  },
  {
    key: 'support',
    name: 'Support, one quarter',
    description: 'Answers within four working hours, firmware updates, one loan instrument.',
    prices: { eur: 84_000, usd: 92_000, gbp: 74_000, jpy: 135_000 },
  },
  { key: 'kit', name: 'Spare parts kit', prices: { eur: 9_495, usd: 9_995, gbp: 8_250, jpy: 14_800 } },
  {
    key: 'freight',
    name: 'Insured express freight of calibrated instruments in a shock-monitored reusable transport case',
    prices: { eur: 7_450, usd: 8_900, gbp: 6_950, jpy: 12_500 },
  },
  {
    key: 'retired',
    name: 'Pressure transmitter PT-300 (discontinued)',
    prices: { eur: 34_900 },
    isArchived: true,
  },
]
