/** The columns of a turn as it is read: with the agent that spoke, which the transfers of the call tell. */
import { getTableColumns, sql } from 'drizzle-orm';
import { turns } from './schema.js';

/** The transfer that had brought in whoever spoke; for `turns` in the query around it. */
const LATEST_TRANSFER = sql`from call_transfers leg where leg.call_id = turns.call_id and leg.status = 'completed' and leg.at <= turns.started_at order by leg.at desc, leg.position desc limit 1`;

/** Columns of `TurnRow`, and `position`. */
export const TURN_COLUMNS = {
  ...getTableColumns(turns),
  agent_id: sql<
    string | null
  >`case turns.role when 'agent' then coalesce((select leg."to"->>'agent_id' ${LATEST_TRANSFER}), (select calls.agent_id from calls where calls.id = turns.call_id)) end`,
};

/** Who spoke, as a text for `turns` joined with `calls`; the agent's name only where several spoke. */
export const SPEAKER = sql`case turns.role when 'user' then 'User' else 'Agent' || coalesce(' (' || coalesce((select coalesce(leg."to"->>'agent_name', leg."to"->>'agent_id') ${LATEST_TRANSFER}), (select calls.agent_name from call_transfers leg where leg.call_id = calls.id and leg.status = 'completed' limit 1)) || ')', '') end`;
