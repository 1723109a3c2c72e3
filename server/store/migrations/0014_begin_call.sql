-- by hand
-- What a new call of a workspace is made of: the version that its request means, and the limits that hold for it. A function, as
-- the plans of its statements are kept.
CREATE FUNCTION call_basis(of_workspace text, of_key text, wanted_agent text, wanted_number integer, wanted_version text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
	version record;
	agent record;
BEGIN
	IF wanted_version IS NOT NULL THEN
		SELECT id, agent_id, version_number, version_title, is_published, settings_hash INTO version
		FROM agent_versions WHERE id = wanted_version;
	ELSIF wanted_number IS NOT NULL THEN
		SELECT id, agent_id, version_number, version_title, is_published, settings_hash INTO version
		FROM agent_versions WHERE agent_id = wanted_agent AND version_number = wanted_number;
	ELSE
		SELECT id, agent_id, version_number, version_title, is_published, settings_hash INTO version
		FROM agent_versions WHERE agent_id = wanted_agent AND is_published ORDER BY version_number DESC LIMIT 1;
	END IF;
	SELECT id, title INTO agent FROM agents
	WHERE id = coalesce(version.agent_id, wanted_agent) AND workspace_id = of_workspace;
	RETURN jsonb_build_object(
		'agent', CASE WHEN agent.id IS NOT NULL THEN to_jsonb(agent) END,
		'version', CASE WHEN version.id IS NOT NULL THEN to_jsonb(version) || (
			SELECT jsonb_build_object('max_call_duration_sec', max_call_duration_sec, 'opt_out_sensitive_data_storage', opt_out_sensitive_data_storage)
			FROM version_settings WHERE hash = version.settings_hash
		) END,
		'workspace', (
			SELECT jsonb_build_object('concurrency_limit', concurrency_limit, 'open_calls_per_address', open_calls_per_address, 'open_calls_per_visitor', open_calls_per_visitor)
			FROM workspaces WHERE id = of_workspace
		),
		'key', (
			SELECT jsonb_build_object('open_calls_per_address', open_calls_per_address, 'open_calls_per_visitor', open_calls_per_visitor, 'calls_per_hour', calls_per_hour, 'minutes_per_day', minutes_per_day)
			FROM api_keys WHERE id = of_key
		)
	);
END
$$;
--> statement-breakpoint
CREATE TYPE call_occupancy AS (total integer, of_address integer, of_visitor integer, waiting integer, talk_ms double precision, first_of_day timestamptz, calls integer, first_of_hour timestamptz);
--> statement-breakpoint
-- Holds the workspace until the transaction ends, and counts its open calls and what the key has used. Being VOLATILE, the second
-- statement sees what was committed while the first one waited. Calls of the last hour are read when they matter only.
CREATE FUNCTION hold_and_count(of_workspace text, of_key text, addresses text[], visitors text[], at timestamptz, counts_hour boolean) RETURNS call_occupancy
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
	counted call_occupancy;
BEGIN
	PERFORM FROM workspaces WHERE id = of_workspace FOR NO KEY UPDATE;
	SELECT open.total, open.of_address, open.of_visitor, open.waiting, open.talk_ms + day.talk_ms, day.first, hour.calls, hour.first
	INTO counted
	FROM (
		SELECT count(*) AS total,
			count(*) FILTER (WHERE route->>'address' = ANY (addresses)) AS of_address,
			count(*) FILTER (WHERE route->>'visitor' = ANY (visitors)) AS of_visitor,
			count(*) FILTER (WHERE route->>'address' = ANY (addresses) AND started_at IS NULL) AS waiting,
			coalesce(sum(greatest(0, extract(epoch FROM at - started_at) * 1000)) FILTER (WHERE route->>'api_key_id' = of_key), 0)::double precision AS talk_ms
		FROM calls
		WHERE workspace_id = of_workspace AND ended_at IS NULL
			AND NOT (started_at IS NULL AND route->>'entry_point' = 'livekit_token')
	) AS open, (
		-- 24 hours, and the hour in which they began: usage is stored in whole hours.
		SELECT coalesce(sum(talk_ms), 0)::double precision AS talk_ms, min(hour) AS first
		FROM key_usage WHERE key_id = of_key AND hour > at - interval '25 hours'
	) AS day, (
		SELECT count(*) AS calls, min(created_at) AS first
		FROM calls
		WHERE counts_hour AND route->>'api_key_id' = of_key AND created_at > at - interval '1 hour'
			AND NOT (started_at IS NULL AND ended_at IS NULL AND route->>'entry_point' = 'livekit_token')
	) AS hour;
	RETURN counted;
END
$$;
--> statement-breakpoint
-- Inserts a call and its timeline, and answers null; where one of the `limits` (see `CallLimit`; null: none) is reached, it inserts
-- nothing and answers what it counted. A column that is added to `calls` is taken from the JSON by its name; one with a default
-- must be given it here as long as servers run that do not send it.
CREATE FUNCTION begin_call(call jsonb, events jsonb, limits jsonb, former_address text, former_visitor text) RETURNS call_occupancy
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
	route jsonb := call->'route';
	counted call_occupancy := hold_and_count(
		call->>'workspace_id', route->>'api_key_id', ARRAY[route->>'address', former_address],
		ARRAY[route->>'visitor', former_visitor], (call->>'created_at')::timestamptz, limits->>'calls_per_hour' IS NOT NULL
	);
BEGIN
	IF counted.total >= (limits->>'concurrent_calls')::integer
		OR counted.of_address >= (limits->>'open_calls_per_address')::integer
		OR counted.of_visitor >= (limits->>'open_calls_per_visitor')::integer
		OR counted.waiting >= (limits->>'waiting_calls_per_address')::integer
		OR counted.calls >= (limits->>'calls_per_hour')::integer
		OR counted.talk_ms >= (limits->>'minutes_per_day')::integer * 60000.0
	THEN
		RETURN counted;
	END IF;
	INSERT INTO calls SELECT * FROM jsonb_populate_record(NULL::calls, call);
	INSERT INTO timeline (id, call_id, type, at, source, status, detail)
	SELECT id, call_id, type, at, source, status, detail FROM jsonb_populate_recordset(NULL::timeline, events);
	RETURN NULL;
END
$$;
