-- CreateEnum
CREATE TYPE "sync_pass_kind" AS ENUM ('backfill', 'comparison', 'hourly');

-- AlterTable
ALTER TABLE "sync_objects" ADD COLUMN     "listed_at" TIMESTAMPTZ(3),
ADD COLUMN     "postponed" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "sync_status" ADD COLUMN     "events_cursor" TEXT,
ADD COLUMN     "events_cursor_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stripe_turns" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "stripe_turns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_passes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "sync_pass_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "lease_token" UUID,
    "leased_until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_passes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_pass_lists" (
    "pass_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "cursor" TEXT,
    "cursor_at" TIMESTAMPTZ(3),
    "counted" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_pass_lists_pkey" PRIMARY KEY ("pass_id","list")
);

-- CreateTable
CREATE TABLE "sync_repairs" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "found_by" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "healed_by" TEXT NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "sync_repairs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sync_passes_kind_started_at_idx" ON "sync_passes"("kind", "started_at" DESC);

-- CreateIndex
CREATE INDEX "sync_repairs_found_at_id_idx" ON "sync_repairs"("found_at" DESC, "id");

-- CreateIndex
CREATE INDEX "sync_repairs_object_id_idx" ON "sync_repairs"("object_id");
