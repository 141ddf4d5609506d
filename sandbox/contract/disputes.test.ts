import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { eventTypes, first, idOf } from '@/sandbox/contract/scenes'

const account = useAccount()

/** A charge of 2,000 with a card whose holder contests it, and the dispute. */
async function disputed(token = 'pm_card_createDispute') {
  const { stripe } = account
  const { latest_charge: charge } = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: token,
    confirm: true,
  })
  const { data } = await stripe.disputes.list({ charge: idOf(charge) })
  return { charge: idOf(charge), dispute: first(data) }
}

describe('a charge that is contested', () => {
  test('keeps what is said for an appeal until it is taken back', async () => {
    const { stripe } = account
    const { dispute } = await disputed()
    const say = (evidence: Stripe.DisputeUpdateParams.Evidence) =>
      stripe.disputes.update(dispute.id, { evidence, submit: false })
    expect(await say({ appeal: { card: { reason_for_filing: 'It was delivered.' } } })).toMatchObject({
      evidence: { appeal: { card: { reason_for_filing: 'It was delivered.' } } },
      evidence_details: { has_evidence: true, submission_count: 0 },
      status: 'needs_response',
    })
    const { evidence: emptied } = await say({ appeal: { card: { reason_for_filing: '' } } })
    expect(emptied.appeal).toEqual({ card: {} })
    const { evidence: cleared } = await say({ appeal: '' })
    expect(cleared.appeal).toBeNull()
  })

  test('takes the money from the account until it is won', async () => {
    const { stripe } = account
    const { charge, dispute } = await disputed()
    expect(dispute).toMatchObject({
      object: 'dispute',
      amount: 2000,
      balance_transactions: [{ amount: -2000, type: 'adjustment', source: dispute.id }],
      charge,
      currency: 'usd',
      evidence_details: { has_evidence: false, submission_count: 0 },
      is_charge_refundable: false,
      payment_method_details: { type: 'card', card: { case_type: 'chargeback' } },
      reason: 'fraudulent',
      status: 'needs_response',
    })
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true, refunded: false })
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({
      status: 400,
      code: 'charge_disputed',
    })
    const won = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    })
    expect(won).toMatchObject({
      status: 'won',
      balance_transactions: [{ amount: -2000 }, { amount: 2000 }],
      evidence_details: { has_evidence: true, submission_count: 1 },
    })
    expect(await eventTypes(stripe, dispute.id)).toEqual(
      expect.arrayContaining(['charge.dispute.closed', 'charge.dispute.funds_reinstated']),
    )
  })

  test('is lost when nobody answers, and closed once', async () => {
    const { stripe } = account
    const { dispute } = await disputed('pm_card_createDisputeProductNotReceived')
    expect(await stripe.disputes.close(dispute.id)).toMatchObject({
      status: 'lost',
      reason: 'product_not_received',
    })
    expect(await refusalOf(stripe.disputes.close(dispute.id))).toMatchObject({ status: 400 })
    expect(
      await refusalOf(stripe.disputes.update(dispute.id, { evidence: { receipt: 'file_1' } })),
    ).toMatchObject({ status: 400 })
  })

  test('may be answered in several steps', async () => {
    const { stripe } = account
    const { dispute } = await disputed()
    const staged = await stripe.disputes.update(dispute.id, {
      evidence: { customer_name: 'Jenny' },
      metadata: { a: 'b' },
      submit: false,
    })
    expect(staged).toMatchObject({
      evidence: { customer_name: 'Jenny' },
      evidence_details: { has_evidence: true, submission_count: 0 },
      metadata: { a: 'b' },
      status: 'needs_response',
    })
    expect(
      await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'It was they.' } }),
    ).toMatchObject({ status: 'under_review', evidence: { customer_name: 'Jenny' } })
  })

  test('as a question takes no money, and can be refunded', async () => {
    const { stripe } = account
    const { charge, dispute } = await disputed('pm_card_createDisputeInquiry')
    expect(dispute).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] })
    expect((await stripe.refunds.create({ charge })).status).toBe('succeeded')
    expect((await stripe.disputes.close(dispute.id)).status).toBe('warning_closed')
  })
})
