-- AlterTable
ALTER TABLE "operations" ADD COLUMN     "is_key_spent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "key_round" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "missed_at" TIMESTAMPTZ(3),
ADD COLUMN     "sent_steps" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Nothing says which steps the unfinished ones had sent: any of them may have been, so all of them are asked about.
UPDATE "operations"
SET "sent_steps" = ARRAY['create', 'update', 'default', 'finalize', 'send', 'pay_out_of_band', 'void', 'mark_uncollectible', 'delete_draft']
  || ARRAY(SELECT 'lines/' || "line" FROM generate_series(0, 249) AS "line")
WHERE "state" IN ('running', 'unknown');

-- CreateIndex
CREATE INDEX "operations_state_leased_until_idx" ON "operations"("state", "leased_until");
