type Words = readonly [string, ...string[]]

export const firstWords: Words = [
  'Lumen',
  'Harbor',
  'Prairie',
  'Juniper',
  'Atlas',
  'Meridian',
  'Cobalt',
  'Sorrel',
  'Beacon',
  'Foxglove',
  'Granite',
  'Halcyon',
  'Isobar',
  'Kestrel',
  'Linden',
  'Marlow',
  'Nimbus',
  'Orchard',
  'Pinion',
  'Quarry',
  'Ridgeway',
  'Saffron',
  'Tamarind',
  'Umber',
]

export const secondWords: Words = [
  'Analytics',
  'Bakery',
  'Clinics',
  'Design',
  'Energy',
  'Foods',
  'Freight',
  'Health',
  'Imaging',
  'Labs',
  'Logistics',
  'Media',
  'Optics',
  'Outfitters',
  'Robotics',
  'Schools',
  'Software',
  'Studio',
  'Textiles',
  'Works',
]

export const people: Words = [
  'accounts',
  'ap',
  'billing',
  'finance',
  'invoices',
  'office',
  'payables',
  'purchasing',
]

/** What a company that writes invoices sells: the name, its unit, and what one costs in minor units of a two-decimal currency. */
export const offers = [
  { name: 'Consulting', unit: 'hour', least: 9_000, most: 18_000, quantity: 40 },
  { name: 'Design review', unit: 'session', least: 45_000, most: 90_000, quantity: 4 },
  { name: 'Support plan', unit: 'seat', least: 2_500, most: 6_000, quantity: 60 },
  { name: 'Hosting', unit: 'server', least: 8_000, most: 30_000, quantity: 12 },
  { name: 'Training day', unit: 'day', least: 120_000, most: 180_000, quantity: 5 },
  { name: 'Data export', unit: 'export', least: 1_500, most: 9_900, quantity: 30 },
  { name: 'Migration', unit: 'project', least: 250_000, most: 900_000, quantity: 1 },
  { name: 'License', unit: 'seat', least: 1_200, most: 3_900, quantity: 250 },
  { name: 'On-call cover', unit: 'week', least: 60_000, most: 110_000, quantity: 4 },
  { name: 'Hardware', unit: 'unit', least: 19_900, most: 149_900, quantity: 10 },
] as const

/** Where customers are; each has the address that its invoices show. */
export const places = [
  { line1: '48 Alder Street', city: 'Portland', state: 'OR', postal_code: '97205', country: 'US' },
  { line1: '7 Quay Road', city: 'Bristol', state: '', postal_code: 'BS1 6XN', country: 'GB' },
  { line1: 'Lindenallee 12', city: 'Leipzig', state: '', postal_code: '04109', country: 'DE' },
  { line1: '31 rue des Tanneurs', city: 'Lyon', state: '', postal_code: '69002', country: 'FR' },
  { line1: 'Keizersgracht 220', city: 'Amsterdam', state: '', postal_code: '1016 DZ', country: 'NL' },
  { line1: '1200 Prairie Avenue', city: 'Chicago', state: 'IL', postal_code: '60616', country: 'US' },
] as const
