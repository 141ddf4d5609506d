/** What a mail speaks of, already written out. What a kind of mail does not have is empty. */
export type MailFacts = {
  seller: string
  /** The invoice's number. */
  number: string
  amount: string
  /** "Due December 24, 2026": a clause that stands alone. */
  due: string
  /** The number of the invoice that was revised. */
  replaced: string
  receipt: string
  creditNote: string
}

export type MailKind =
  | 'invoice'
  | 'invoice_updated'
  | 'reminder'
  | 'payment_failed'
  | 'payment_confirmation'
  | 'receipt'
  | 'refund'
  | 'credit_note'
  | 'link'

type MailWords = {
  subject: (facts: MailFacts) => string
  text: (facts: MailFacts) => string
  button: string
}

/** Why a payment was refused: Stripe's code or decline code where there is one. */
export type ErrorCode =
  | 'account_holder_missing'
  | 'card_declined'
  | 'card_velocity_exceeded'
  | 'debit_failed'
  | 'expired_card'
  | 'expiry_in_the_past'
  | 'expiry_year_in_the_past'
  | 'incorrect_cvc'
  | 'incorrect_number'
  | 'insufficient_funds'
  | 'invalid_account_number'
  | 'invalid_cvc'
  | 'invalid_expiry_month'
  | 'invalid_expiry_year'
  | 'invalid_iban'
  | 'invalid_routing_number'
  | 'payment_intent_authentication_failure'
  | 'processing_error'
  | 'test_mode_live_card'
  | 'unknown_account'

/** Words and sentences that take nothing. */
type Labels =
  | 'accountHolder'
  | 'accountNumber'
  | 'amount'
  | 'amountDue'
  | 'amountExcludingTax'
  | 'amountPaid'
  | 'appliedBalance'
  | 'authenticate'
  | 'backToInvoice'
  | 'bankAccount'
  | 'bankDebit'
  | 'bankSimulated'
  | 'billTo'
  | 'card'
  | 'cardNumber'
  | 'confirmTitle'
  | 'creditNote'
  | 'creditNoteIsVoid'
  | 'creditNoteNumber'
  | 'creditNotes'
  | 'creditTotal'
  | 'creditedOutside'
  | 'creditedToBalance'
  | 'crossSite'
  | 'crossSiteText'
  | 'customer'
  | 'dateDue'
  | 'dateOfIssue'
  | 'datePaid'
  | 'description'
  | 'details'
  | 'discount'
  | 'doneText'
  | 'doneTitle'
  | 'downloadInvoice'
  | 'downloadPdf'
  | 'downloadReceipt'
  | 'dueOnReceipt'
  | 'expires'
  | 'expiryExample'
  | 'failAuthentication'
  | 'from'
  | 'iban'
  | 'invoice'
  | 'invoiceIsVoid'
  | 'invoiceNotFound'
  | 'invoiceNotFoundText'
  | 'invoiceNumber'
  | 'linkExpired'
  | 'loweredAmountDue'
  | 'mailNewLink'
  | 'memo'
  | 'nameOnCard'
  | 'newLinkSent'
  | 'noLines'
  | 'olderVersions'
  | 'open'
  | 'pageNotFound'
  | 'pageNotFoundText'
  | 'paid'
  | 'paidOtherwise'
  | 'paidText'
  | 'partlyPaid'
  | 'pastDue'
  | 'payByBankDebit'
  | 'payByCard'
  | 'payHow'
  | 'payOnline'
  | 'payment'
  | 'paymentMethod'
  | 'payments'
  | 'processing'
  | 'processingText'
  | 'quantity'
  | 'receipt'
  | 'receiptNumber'
  | 'refunded'
  | 'reverseCharge'
  | 'routingNumber'
  | 'sandbox'
  | 'sandboxDocument'
  | 'sandboxPage'
  | 'saveTitle'
  | 'securityCode'
  | 'shipTo'
  | 'shipping'
  | 'subtotal'
  | 'summary'
  | 'tax'
  | 'testAccounts'
  | 'testCards'
  | 'testCardsHint'
  | 'thatAsksTheBank'
  | 'thatFailsLater'
  | 'thatHasExpired'
  | 'thatHasWrongCode'
  | 'thatIsDeclined'
  | 'thatLacksFunds'
  | 'thatPays'
  | 'thatPaysLater'
  | 'total'
  | 'totalExcludingTax'
  | 'unitPrice'
  | 'unitPriceExcludingTax'
  | 'unpaid'
  | 'verificationOver'
  | 'verify'
  | 'verifyCode'
  | 'verifyTitle'
  | 'viewInvoice'
  | 'void'
  | 'wrongCode'

/** Everything the sandbox says to a customer, in one language. Amounts and dates arrive written out. */
export type Words = Record<Labels, string> & {
  amountCreditedOn: (amount: string, date: string) => string
  amountDueOn: (amount: string, date: string) => string
  amountDueOnReceipt: (amount: string) => string
  amountOff: (amount: string) => string
  amountPaidOn: (amount: string, date: string) => string
  confirmFor: (seller: string) => string
  confirmPaymentText: (seller: string, amount: string, last4: string) => string
  confirmText: (seller: string, amount: string, last4: string, number: string) => string
  debitConsent: (seller: string) => string
  dueOn: (date: string) => string
  invoiceFrom: (number: string, seller: string) => string
  issuedOn: (date: string) => string
  linkExpiredText: (seller: string) => string
  methodEnding: (name: string, last4: string) => string
  newLinkSentText: (address: string) => string
  newLinkText: (address: string) => string
  noMethodText: (seller: string) => string
  pageOf: (page: number, count: number) => string
  paidOn: (date: string) => string
  payAmount: (amount: string) => string
  percentOff: (percent: string) => string
  questions: (seller: string, email: string) => string
  receiptFrom: (seller: string) => string
  saveText: (seller: string, last4: string) => string
  taxIncluded: (name: string, percent: string, base: string) => string
  taxOn: (name: string, percent: string, base: string) => string
  verifyText: (last4: string) => string
  voidText: (seller: string) => string
  voidedOn: (date: string) => string
  wasDueOn: (date: string) => string
  errors: Record<ErrorCode, string>
  mails: Record<MailKind, MailWords>
}
