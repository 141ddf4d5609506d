-- AlterEnum
ALTER TYPE "event_state" ADD VALUE 'failed';
