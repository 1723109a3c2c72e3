CREATE TABLE "call_evidence" (
	"call_id" text PRIMARY KEY NOT NULL,
	"client" jsonb,
	"audio_cache" jsonb,
	"usage" jsonb,
	"cost" jsonb,
	"feedback" jsonb,
	"trace_id" text
);
--> statement-breakpoint
CREATE TABLE "call_functions" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"call_id" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"arguments" jsonb,
	"answer" jsonb,
	"latency_ms" double precision NOT NULL,
	"ok" boolean NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "call_transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"call_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"from" jsonb NOT NULL,
	"to" jsonb NOT NULL,
	"reason" text,
	"status" text NOT NULL,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "entry_point" text DEFAULT 'web' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "cost" double precision;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "findings" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_evidence" ADD CONSTRAINT "call_evidence_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_functions" ADD CONSTRAINT "call_functions_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_transfers" ADD CONSTRAINT "call_transfers_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_functions_call" ON "call_functions" USING btree ("call_id","at","position");--> statement-breakpoint
CREATE INDEX "call_transfers_call" ON "call_transfers" USING btree ("call_id","at","position");--> statement-breakpoint
CREATE INDEX "calls_findings" ON "calls" USING gin ("findings");