CREATE TABLE "call_work" (
	"call_id" text PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone,
	"error" text,
	"dead_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "analysis_status" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "analysis" jsonb;--> statement-breakpoint
CREATE INDEX "call_work_due" ON "call_work" USING btree ("due_at") WHERE dead_at is null;--> statement-breakpoint
CREATE INDEX "calls_analysis" ON "calls" USING btree ("analysis_status","id") WHERE analysis_status in ('queued', 'failed');--> statement-breakpoint
-- by hand
ALTER TABLE "call_work" ADD CONSTRAINT "call_work_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade;
