CREATE TABLE "owed_removals" (
	"name" text PRIMARY KEY NOT NULL,
	"grows_until" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL
);
--> statement-breakpoint
-- by hand
-- Removals that failed before they were kept: the bytes were counted until the object was gone.
INSERT INTO "owed_removals" ("name", "grows_until", "due_at", "attempts")
SELECT 'recordings/' || "id" || '.pcm', coalesce("ended_at", "created_at"), now(), 0 FROM "calls"
WHERE "recording_status" = 'erased' AND "recording_bytes" > 0;--> statement-breakpoint
UPDATE "calls" SET "recording_bytes" = 0, "recording_sample_rate" = NULL
WHERE "recording_status" = 'erased' AND "recording_bytes" > 0;--> statement-breakpoint
-- What calls that were erased before still tell of their pages.
UPDATE "calls" SET "route" = jsonb_set("route", '{page_url}', 'null') WHERE "sensitive_delete" AND "route"->>'page_url' IS NOT NULL;
