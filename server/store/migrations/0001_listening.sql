ALTER TABLE "calls" ADD COLUMN "agent_left_reason" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "listener_id" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "listener_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "source" text DEFAULT 'agent' NOT NULL;