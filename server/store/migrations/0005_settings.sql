CREATE TABLE "version_settings" (
	"hash" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"max_call_duration_sec" integer GENERATED ALWAYS AS ((settings->>'max_call_duration_sec')::integer) STORED NOT NULL,
	"opt_out_sensitive_data_storage" boolean GENERATED ALWAYS AS ((settings->>'opt_out_sensitive_data_storage')::boolean) STORED NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agent_versions" ADD COLUMN "settings_hash" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "settings_hash" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "opt_out_sensitive_data_storage" boolean;--> statement-breakpoint
UPDATE "agent_versions" SET "settings_hash" = encode(sha256(convert_to("settings"::text, 'UTF8')), 'hex');--> statement-breakpoint
-- A call's own copy counts, not its version: that may be gone, or another by now.
UPDATE "calls" SET
	"settings_hash" = encode(sha256(convert_to("settings"::text, 'UTF8')), 'hex'),
	"opt_out_sensitive_data_storage" = ("settings"->>'opt_out_sensitive_data_storage')::boolean;--> statement-breakpoint
INSERT INTO "version_settings" ("hash", "settings", "used_at")
	SELECT DISTINCT ON ("settings_hash") "settings_hash", "settings", now() FROM (
		SELECT "settings_hash", "settings" FROM "agent_versions"
		UNION ALL SELECT "settings_hash", "settings" FROM "calls"
	) AS "copies";--> statement-breakpoint
ALTER TABLE "agent_versions" ALTER COLUMN "settings_hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ALTER COLUMN "settings_hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ALTER COLUMN "opt_out_sensitive_data_storage" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "agent_versions" ADD CONSTRAINT "agent_versions_settings_hash_version_settings_hash_fk" FOREIGN KEY ("settings_hash") REFERENCES "public"."version_settings"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_settings_hash_version_settings_hash_fk" FOREIGN KEY ("settings_hash") REFERENCES "public"."version_settings"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_versions_settings" ON "agent_versions" USING btree ("settings_hash");--> statement-breakpoint
CREATE INDEX "calls_settings" ON "calls" USING btree ("settings_hash");--> statement-breakpoint
ALTER TABLE "agent_versions" DROP COLUMN "settings";--> statement-breakpoint
ALTER TABLE "calls" DROP COLUMN "settings";--> statement-breakpoint
-- A dropped column takes its room until the table is written anew.
CLUSTER "agent_versions" USING "agent_versions_pkey";--> statement-breakpoint
CLUSTER "calls" USING "calls_pkey";--> statement-breakpoint
ALTER TABLE "agent_versions" SET WITHOUT CLUSTER;--> statement-breakpoint
ALTER TABLE "calls" SET WITHOUT CLUSTER;
