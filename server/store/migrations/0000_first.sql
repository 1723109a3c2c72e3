CREATE TABLE "agent_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"version_number" integer NOT NULL,
	"version_title" text,
	"is_published" boolean NOT NULL,
	"published_at" timestamp (3) with time zone,
	"published_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"key_hash" text NOT NULL,
	"prefix" text NOT NULL,
	"allowed_origins" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"type" text NOT NULL,
	"call_direction" text NOT NULL,
	"status" text NOT NULL,
	"end_reason" text,
	"agent_id" text NOT NULL,
	"agent_name" text NOT NULL,
	"agent_version_id" text NOT NULL,
	"agent_version_number" integer NOT NULL,
	"agent_version_title" text,
	"settings" jsonb NOT NULL,
	"room_name" text NOT NULL,
	"room_open" boolean NOT NULL,
	"caller_identity" text NOT NULL,
	"agent_identity" text,
	"call_token_hash" text NOT NULL,
	"job_token_hash" text,
	"variables" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"consent" jsonb,
	"route" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"grant_expires_at" timestamp (3) with time zone NOT NULL,
	"max_call_duration_sec" integer NOT NULL,
	"started_at" timestamp (3) with time zone,
	"agent_joined_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"caller_sid" text,
	"agent_sid" text,
	"caller_left_at" timestamp (3) with time zone,
	"caller_left_reason" text,
	"agent_left_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"duration_ms" bigint,
	"due_at" timestamp (3) with time zone,
	"next_event_seq" integer NOT NULL,
	"turn_count" integer NOT NULL,
	"latency_ms" double precision,
	"sentiment" text NOT NULL,
	"summary" text,
	"json_output" jsonb,
	"sensitive_delete" boolean NOT NULL,
	"recording_status" text NOT NULL,
	"recording_sample_rate" integer,
	"recording_started_at" timestamp (3) with time zone,
	"recording_next_seq" integer NOT NULL,
	"recording_bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demo_page" (
	"key_id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"publishable_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_answers" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kept_answers_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "media_hints" (
	"id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timeline" (
	"id" text PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"call_id" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"status" text,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"call_id" text NOT NULL,
	"turn_id" text NOT NULL,
	"position" bigserial NOT NULL,
	"role" text NOT NULL,
	"content" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"interrupted" boolean NOT NULL,
	"confidence" double precision,
	"intent" text,
	"latency" jsonb,
	CONSTRAINT "turns_call_id_turn_id_pk" PRIMARY KEY("call_id","turn_id")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"concurrency_limit" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agent_versions" ADD CONSTRAINT "agent_versions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline" ADD CONSTRAINT "timeline_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_versions_number" ON "agent_versions" USING btree ("agent_id","version_number");--> statement-breakpoint
CREATE UNIQUE INDEX "agent_versions_draft" ON "agent_versions" USING btree ("agent_id") WHERE not is_published;--> statement-breakpoint
CREATE INDEX "agents_workspace" ON "agents" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_key_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_room" ON "calls" USING btree ("room_name");--> statement-breakpoint
CREATE INDEX "calls_workspace_created" ON "calls" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_due" ON "calls" USING btree ("due_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "calls_open" ON "calls" USING btree ("workspace_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "calls_unfinished" ON "calls" USING btree ("ended_at") WHERE ended_at is not null and (room_open or recording_status = 'recording');--> statement-breakpoint
CREATE INDEX "kept_answers_created" ON "kept_answers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "media_hints_seen" ON "media_hints" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "timeline_call" ON "timeline" USING btree ("call_id","at","position");