CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "rate_windows" (
	"bucket" text PRIMARY KEY NOT NULL,
	"started_at" bigint NOT NULL,
	"current" integer NOT NULL,
	"previous" integer NOT NULL,
	"granted" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "rate_windows_started" ON "rate_windows" USING btree ("started_at");