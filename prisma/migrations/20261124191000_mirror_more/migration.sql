-- CreateEnum
CREATE TYPE "credit_note_status" AS ENUM ('issued', 'void');

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "is_delinquent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payment_method_brand" TEXT,
ADD COLUMN     "payment_method_exp_month" INTEGER,
ADD COLUMN     "payment_method_exp_year" INTEGER,
ADD COLUMN     "payment_method_id" TEXT,
ADD COLUMN     "payment_method_last4" TEXT,
ADD COLUMN     "payment_method_type" TEXT,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "tax_exempt" TEXT NOT NULL DEFAULT 'none';

-- AlterTable
ALTER TABLE "invoices" ADD COLUMN     "attempt_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "latest_revision_id" TEXT,
ADD COLUMN     "next_payment_attempt_at" TIMESTAMPTZ(3),
ADD COLUMN     "post_payment_credit_notes_amount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "pre_payment_credit_notes_amount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "revises_invoice_id" TEXT,
ADD COLUMN     "total_discount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "total_tax" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "sync_status" ADD COLUMN     "mirrors_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "customer_tax_ids" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "country" TEXT,
    "verification_status" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "customer_tax_ids_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_balance_transactions" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "ending_balance" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "description" TEXT,
    "invoice_id" TEXT,
    "credit_note_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "customer_balance_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charges" (
    "id" TEXT NOT NULL,
    "payment_intent_id" TEXT,
    "customer_id" TEXT,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "amount_refunded" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "is_disputed" BOOLEAN NOT NULL,
    "payment_method_type" TEXT,
    "payment_method_brand" TEXT,
    "payment_method_last4" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,
    "mirrored_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "charges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT,
    "reason" TEXT,
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_notes" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" "credit_note_status" NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT,
    "memo" TEXT,
    "invoice_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "subtotal" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "pre_payment_amount" BIGINT NOT NULL,
    "post_payment_amount" BIGINT NOT NULL,
    "out_of_band_amount" BIGINT,
    "customer_balance_transaction_id" TEXT,
    "line_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "raw" JSONB NOT NULL,
    "mirrored_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "credit_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_note_lines" (
    "id" TEXT NOT NULL,
    "credit_note_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "invoice_line_id" TEXT,
    "description" TEXT,
    "amount" BIGINT NOT NULL,
    "quantity" INTEGER,
    "unit_amount_decimal" DECIMAL(30,12),
    "raw" JSONB NOT NULL,

    CONSTRAINT "credit_note_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupons" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "percent_off" DECIMAL(7,4),
    "amount_off" BIGINT,
    "currency" TEXT,
    "duration" TEXT NOT NULL,
    "duration_in_months" INTEGER,
    "max_redemptions" INTEGER,
    "times_redeemed" INTEGER NOT NULL,
    "is_valid" BOOLEAN NOT NULL,
    "redeem_by" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,
    "mirrored_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_codes" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "coupon_id" TEXT,
    "customer_id" TEXT,
    "is_active" BOOLEAN NOT NULL,
    "max_redemptions" INTEGER,
    "times_redeemed" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,
    "mirrored_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "promotion_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rates" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "description" TEXT,
    "percentage" DECIMAL(9,4) NOT NULL,
    "is_inclusive" BOOLEAN NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "country" TEXT,
    "state" TEXT,
    "jurisdiction" TEXT,
    "tax_type" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" JSONB NOT NULL,
    "mirrored_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transitions" (
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "transition" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL DEFAULT '',
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_old" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "transitions_pkey" PRIMARY KEY ("object_type","object_id","transition","occurrence")
);

-- CreateIndex
CREATE INDEX "customer_tax_ids_customer_id_position_idx" ON "customer_tax_ids"("customer_id", "position");

-- CreateIndex
CREATE INDEX "customer_balance_transactions_customer_id_position_idx" ON "customer_balance_transactions"("customer_id", "position");

-- CreateIndex
CREATE INDEX "customer_balance_transactions_invoice_id_idx" ON "customer_balance_transactions"("invoice_id");

-- CreateIndex
CREATE INDEX "charges_payment_intent_id_idx" ON "charges"("payment_intent_id");

-- CreateIndex
CREATE INDEX "charges_customer_id_idx" ON "charges"("customer_id");

-- CreateIndex
CREATE INDEX "refunds_charge_id_position_idx" ON "refunds"("charge_id", "position");

-- CreateIndex
CREATE INDEX "credit_notes_invoice_id_created_at_idx" ON "credit_notes"("invoice_id", "created_at");

-- CreateIndex
CREATE INDEX "credit_notes_customer_id_created_at_idx" ON "credit_notes"("customer_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "credit_note_lines_credit_note_id_position_idx" ON "credit_note_lines"("credit_note_id", "position");

-- CreateIndex
CREATE INDEX "coupons_created_at_id_idx" ON "coupons"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "promotion_codes_coupon_id_idx" ON "promotion_codes"("coupon_id");

-- CreateIndex
CREATE INDEX "promotion_codes_code_idx" ON "promotion_codes"("code");

-- CreateIndex
CREATE INDEX "tax_rates_is_active_created_at_id_idx" ON "tax_rates"("is_active", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "transitions_noticed_at_idx" ON "transitions"("noticed_at");
