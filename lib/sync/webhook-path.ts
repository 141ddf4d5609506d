/** Where Stripe delivers, on the application and on the listener of `npm run ingest` alike. */
export const webhookPath = '/api/stripe/webhook'
