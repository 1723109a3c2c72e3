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
CREATE INDEX "calls_analysis" ON "calls" USING btree ("workspace_id","analysis_status","created_at","id") WHERE analysis_status in ('queued', 'failed');--> statement-breakpoint
-- by hand
CREATE INDEX "call_history_facets" ON "call_history" USING gin ((ARRAY['type:' || type, 'call_direction:' || call_direction, 'entry_point:' || entry_point, 'status:' || status, 'end_reason:' || end_reason, 'agent_id:' || agent_id, 'agent_version_id:' || agent_version_id, 'origin:' || origin, 'sentiment:' || sentiment] || findings || labels)) WITH (fastupdate=off);
--> statement-breakpoint
-- Text with its capitals small, in a database of any locale: PGlite's own knows ASCII only.
DO $do$
BEGIN
	EXECUTE format(
		'CREATE FUNCTION fold_text(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $f$ SELECT lower($1%s) $f$',
		(SELECT ' COLLATE "' || collname || '"' FROM pg_collation
			WHERE collname IN ('pg_c_utf8', 'und-x-icu') ORDER BY collname LIMIT 1)
	);
END
$do$;
--> statement-breakpoint
CREATE FUNCTION call_labels(metadata jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce(array_agg(label), '{}') FROM (
		SELECT key || '=' || (value #>> '{}') AS label FROM jsonb_each(metadata)
		WHERE jsonb_typeof(value) IN ('string', 'number', 'boolean')
	) AS labels WHERE length(label) <= 400
$$;
--> statement-breakpoint
-- As much as one tsvector holds, whatever was said.
CREATE FUNCTION words_of_call(call text) RETURNS tsvector LANGUAGE sql STABLE AS $$
	SELECT to_tsvector('simple', fold_text(left(string_agg(left(content, 20000), ' ' ORDER BY started_at, position), 150000)))
	FROM turns WHERE call_id = call
$$;
--> statement-breakpoint
CREATE FUNCTION note_call_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL AND
		(OLD.status, OLD.end_reason, OLD.entry_point, OLD.agent_id, OLD.agent_version_id, OLD.agent_version_title, OLD.duration_ms, OLD.latency_ms, OLD.cost, OLD.sentiment, OLD.findings, OLD.metadata, OLD.turn_count, OLD.sensitive_delete)
		IS NOT DISTINCT FROM
		(NEW.status, NEW.end_reason, NEW.entry_point, NEW.agent_id, NEW.agent_version_id, NEW.agent_version_title, NEW.duration_ms, NEW.latency_ms, NEW.cost, NEW.sentiment, NEW.findings, NEW.metadata, NEW.turn_count, NEW.sensitive_delete)
	THEN
		RETURN NULL;
	END IF;
	INSERT INTO call_history (id, workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, origin, duration_ms, latency_ms, cost, sentiment, findings, labels)
	VALUES (NEW.id, NEW.workspace_id, NEW.created_at, NEW.type, NEW.call_direction, NEW.entry_point, NEW.status, NEW.end_reason, NEW.agent_id, NEW.agent_version_id, NEW.agent_version_title, left(NEW.route->>'origin', 300), NEW.duration_ms, NEW.latency_ms, NEW.cost, NEW.sentiment, NEW.findings, call_labels(NEW.metadata))
	ON CONFLICT (id) DO UPDATE SET
		(workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, origin, duration_ms, latency_ms, cost, sentiment, findings, labels) =
		(excluded.workspace_id, excluded.created_at, excluded.type, excluded.call_direction, excluded.entry_point, excluded.status, excluded.end_reason, excluded.agent_id, excluded.agent_version_id, excluded.agent_version_title, excluded.origin, excluded.duration_ms, excluded.latency_ms, excluded.cost, excluded.sentiment, excluded.findings, excluded.labels);
	IF NEW.sensitive_delete OR NEW.turn_count = 0 THEN
		DELETE FROM call_words WHERE call_id = NEW.id;
	ELSIF TG_OP = 'INSERT' OR OLD.ended_at IS NULL OR OLD.turn_count <> NEW.turn_count OR OLD.sensitive_delete THEN
		INSERT INTO call_words (call_id, workspace_id, created_at, words)
		SELECT NEW.id, NEW.workspace_id, NEW.created_at, words
		FROM words_of_call(NEW.id) AS words WHERE words IS NOT NULL
		ON CONFLICT (call_id) DO UPDATE SET words = excluded.words;
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER calls_history AFTER INSERT OR UPDATE ON calls FOR EACH ROW
	WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION note_call_history();
--> statement-breakpoint
-- Whoever erases turns erases what they are found by.
CREATE FUNCTION forget_call_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM call_words WHERE call_id IN (SELECT call_id FROM gone);
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER turns_gone AFTER DELETE ON turns REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
	EXECUTE FUNCTION forget_call_words();
--> statement-breakpoint
CREATE VIEW call_list AS
	SELECT id, workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, origin, duration_ms, latency_ms, cost, sentiment, findings, labels FROM call_history
	UNION ALL
	SELECT id, workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, left(route->>'origin', 300), duration_ms, latency_ms, cost, sentiment, findings, call_labels(metadata)
	FROM calls WHERE ended_at IS NULL
		AND NOT (started_at IS NULL AND route->>'entry_point' = 'livekit_token');
--> statement-breakpoint
INSERT INTO call_history (id, workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, origin, duration_ms, latency_ms, cost, sentiment, findings, labels)
	SELECT id, workspace_id, created_at, type, call_direction, entry_point, status, end_reason, agent_id, agent_version_id, agent_version_title, left(route->>'origin', 300), duration_ms, latency_ms, cost, sentiment, findings, call_labels(metadata) FROM calls WHERE ended_at IS NOT NULL;
--> statement-breakpoint
INSERT INTO call_words (call_id, workspace_id, created_at, words)
	SELECT id, workspace_id, created_at, words FROM calls, words_of_call(id) AS words
	WHERE ended_at IS NOT NULL AND NOT sensitive_delete AND turn_count > 0 AND words IS NOT NULL;
