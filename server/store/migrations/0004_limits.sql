CREATE TABLE "key_usage" (
	"key_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"talk_ms" bigint NOT NULL,
	CONSTRAINT "key_usage_key_id_hour_pk" PRIMARY KEY("key_id","hour")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "open_calls_per_address" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "open_calls_per_visitor" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "calls_per_hour" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "minutes_per_day" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "open_calls_per_address" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "open_calls_per_visitor" integer;--> statement-breakpoint
CREATE INDEX "calls_of_key" ON "calls" USING btree ((route->>'api_key_id'),"created_at");