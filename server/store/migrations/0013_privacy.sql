CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"workspace_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"call_id" text,
	"key_id" text,
	"address" text,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "recording_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "transcript_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "analysis_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "record_days" integer;--> statement-breakpoint
CREATE INDEX "audit_workspace" ON "audit" USING btree ("workspace_id","position");--> statement-breakpoint
CREATE INDEX "audit_call" ON "audit" USING btree ("call_id","position");--> statement-breakpoint
CREATE INDEX "calls_ended" ON "calls" USING btree ("workspace_id","ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "calls_recorded" ON "calls" USING btree ("workspace_id","ended_at") WHERE recording_bytes > 0;