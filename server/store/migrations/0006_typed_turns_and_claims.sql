ALTER TABLE "kept_answers" ADD COLUMN "claimant" text;--> statement-breakpoint
ALTER TABLE "kept_answers" ADD COLUMN "claimed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "via" text DEFAULT 'speech' NOT NULL;