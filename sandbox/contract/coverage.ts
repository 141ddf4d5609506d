/** The SDK's files of what Stripe Invoicing consists of, and of what it needs around it. */
export const resources = [
  'Invoices',
  'InvoiceItems',
  'InvoicePayments',
  'CreditNotes',
  'InvoiceRenderingTemplates',
  'Customers',
  'TaxIds',
  'Products',
  'Prices',
  'Plans',
  'Coupons',
  'PromotionCodes',
  'TaxRates',
  'ShippingRates',
  'PaymentIntents',
  'PaymentMethods',
  'Charges',
  'Refunds',
  'Disputes',
  'Events',
  'WebhookEndpoints',
  'Balance',
  'TestHelpers/TestClocks',
]

/** What the sandbox leaves out on purpose, by `method` or `method parameter`: each is refused with a sentence. */
export const outside: { because: string; is: RegExp }[] = [
  {
    because: 'Connect: money and documents of other accounts',
    is: / (application_fee|application_fee_amount|connect|on_behalf_of|refund_application_fee|reverse_transfer|transfer_data|transfer_group)$/,
  },
  { because: 'Connect: invoices issued by other accounts', is: /(issuer|liability\]?)\[account\]$/ },
  { because: 'Connect: tax ids of other accounts', is: / owner\[account\]$/ },
  {
    because: 'Connect: methods copied to other accounts',
    is: /^paymentMethods\.create (customer|payment_method)$/,
  },
  {
    because: 'customers that are accounts of the API of the second generation',
    is: / (owner\[)?customer_account\]?$/,
  },
  {
    because: 'subscriptions and what is metered for them',
    is: / (subscription|subscription_details|schedule|schedule_details|meter|recurring\[meter\])$/,
  },
  { because: 'Stripe Tax: where a service is performed', is: /tax_details\]?\[performance_location\]$/ },
  {
    because: 'Stripe Tax: what an item is',
    is: /^invoice(Items|s)\.\w+ (invoice_items\[0\]\[)?tax_code\]?$/,
  },
  { because: 'Stripe Tax: calculations linked to payments', is: / hooks$/ },
  { because: 'payments reported from outside Stripe', is: /payment_record(_refund)?\]?$/ },
  {
    because: 'ways to pay that invoices do not need',
    is: /^paymentMethods\.create \w+$| payment_method_(data|options)\[\w+\]$/,
  },
  {
    because: 'finer points of cards and debits',
    is: /[ []payment_method_options\]?\[(card|sepa_debit|us_bank_account)\]\[\w+\]$/,
  },
  { because: 'bank accounts linked by Financial Connections', is: /\[?financial_connections_account\]$/ },
  {
    because: 'mandates, which no endpoint of the product makes',
    is: / (mandate|payment_settings\[default_mandate\])$/,
  },
  {
    because: 'figures for card networks',
    is: / (amount_details|payment_details)$|\.listAmountDetailsLineItems$/,
  },
  {
    because: 'what Elements and the Dashboard prepare',
    is: / (confirmation_token|payment_method_configuration)$/,
  },
  { because: 'charges made without a payment intent', is: /^charges\.create$/ },
  {
    because: 'refunds of cash balances',
    is: /^refunds\.create (currency|customer|instructions_email|origin)$/,
  },
  {
    because: 'bank accounts saved the old way',
    is: /^customers\.(verifySource|updateSource (account_holder_name|account_holder_type|owner))$/,
  },
  {
    because: 'uploaded files',
    is: /^disputes\.update evidence\[(\w+|appeal\]\[card\]\[supporting_files)\]$/,
  },
]
