import type { DemoCurrency } from './demo-catalog'

export type DemoCustomer = {
  key: string
  name: string
  email?: string
  description?: string
  currency: DemoCurrency
}

/** Invented companies; the addresses end in names that are reserved for examples. */
export const demoCustomers: DemoCustomer[] = [
  {
    key: 'brewery',
    name: 'Brauerei Steinbach GmbH & Co. KG',
    email: 'rechnungen@brauerei-steinbach.example',
    currency: 'eur',
  },
  {
    key: 'waterworks',
    name: 'Zweckverband zur Wasserversorgung der Gemeinden des Oberen Mühlviertels und angrenzender Ortschaften',
    email: 'buchhaltung@zv-wasser-muehlviertel.example',
    description: 'Public body: needs an order number on every invoice.',
    currency: 'eur',
  },
  {
    key: 'dairy',
    name: 'Laiterie Lefèvre & Fils',
    email: 'compta@laiterie-lefevre.example',
    currency: 'eur',
  },
  {
    key: 'shipyard',
    name: 'Cantieri Navali Morosini S.p.A.',
    email: 'amministrazione@cantieri-morosini.example',
    currency: 'eur',
  },
  {
    key: 'robotics',
    name: 'Prairie Robotics, Inc.',
    email: 'ap@prairie-robotics.example',
    currency: 'usd',
  },
  {
    key: 'cooperative',
    name: 'Three Rivers Growers Cooperative',
    email: 'billing@three-rivers.example',
    description: 'Pays by check, usually late.',
    currency: 'usd',
  },
  {
    key: 'hospital',
    name: "O'Connor Memorial Hospital",
    email: 'accounts.payable@oconnor-memorial.example',
    currency: 'usd',
  },
  {
    key: 'university',
    name: 'Hazelton Institute of Technology',
    email: 'facilities@hazelton.example',
    currency: 'usd',
  },
  {
    key: 'mill',
    name: 'Harrow & Finch Paper Mill Ltd',
    email: 'ledger@harrow-finch.example',
    currency: 'gbp',
  },
  {
    key: 'distillery',
    name: 'Glen Ardoch Distillery',
    email: 'office@glen-ardoch.example',
    currency: 'gbp',
  },
  { key: 'electronics', name: '株式会社みなと電子', email: 'keiri@minato-denshi.example', currency: 'jpy' },
  { key: 'workshop', name: 'Werkstatt Lindqvist', description: 'No e-mail: send by post.', currency: 'eur' },
]
