-- CreateTable
CREATE TABLE "sign_in_tries" (
    "email_hash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_tries_pkey" PRIMARY KEY ("email_hash")
);
