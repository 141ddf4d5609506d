-- CreateEnum
CREATE TYPE "endpoint_state" AS ENUM ('ok', 'disabled', 'missing', 'hidden');

-- CreateTable
CREATE TABLE "webhook_tallies" (
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_tallies_pkey" PRIMARY KEY ("outcome")
);

-- CreateTable
CREATE TABLE "webhook_checks" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "endpoint_state" NOT NULL,
    "endpoint_id" TEXT,
    "url" TEXT,
    "api_version" TEXT,
    "missing_events" TEXT[],
    "clock_skew_ms" INTEGER,

    CONSTRAINT "webhook_checks_pkey" PRIMARY KEY ("id")
);
