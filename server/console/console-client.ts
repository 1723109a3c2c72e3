/** Asks the server this page came from, with the operator's secret key. */
import { BackendClient } from '../../sdk/backend/backend-client.js';
import type { RestError } from '../../sdk/rest/core/rest-error.js';
import type { CallStatus } from '../../sdk/wire/call-status.js';
import type { CallSelection } from '../../sdk/backend/list-calls-filter.js';
import type { CallPage } from '../../sdk/wire/call.js';

/** What the list may be narrowed to; empty means everything. */
export interface ListFilters {
  status: string;
  agentId: string;
  /** Days of the operator's own calendar, `2026-11-23`. */
  from: string;
  to: string;
  /** Words that were said. */
  q: string;
  /** Code of a finding. */
  finding: string;
}

/** `…/console/console.js` is a file of the server at `…`. */
const SERVER_URL = new URL('..', import.meta.url).href.replace(/\/$/, '');

/** The client for this page. @throws {TypeError} when the key is no secret one */
export function openConsoleClient(secretKey: string): BackendClient {
  return new BackendClient({
    serverUrl: SERVER_URL,
    secretKey,
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
  });
}

/** One page of the calls that the filters leave, newest first. */
export function listCalls(
  { calls }: BackendClient,
  filters: ListFilters,
  cursor: string | null,
  limit: number,
): Promise<CallPage> {
  return calls.list({ limit, ...selectionOf(filters), ...(cursor ? { cursor } : {}) });
}

/** The calls that the filters leave, as a CSV file that Excel reads. */
export async function exportFile({ calls }: BackendClient, filters: ListFilters): Promise<Blob> {
  return (await calls.exportFile({ ...selectionOf(filters), bom: true })).blob();
}

/** Codes of the findings of the last thirty days, with how many calls have them; the most frequent first. */
export async function findingsOf({ calls }: BackendClient): Promise<[string, number][]> {
  const { total } = await calls.statistics();
  return Object.entries(total.findings).sort(([, a], [, b]) => b - a);
}

function selectionOf({ status, agentId, from, to, q, finding }: ListFilters): CallSelection {
  return {
    ...(status ? { status: status as CallStatus } : {}),
    ...(agentId ? { agent_id: agentId } : {}),
    ...(from ? { start_date: startOfDay(from, 0) } : {}),
    ...(to ? { end_date: startOfDay(to, 1) } : {}),
    ...(q ? { q } : {}),
    ...(finding ? { finding } : {}),
  };
}

/** Whether another key could help. */
export function isAboutKey({ status }: RestError): boolean {
  return status === 401 || status === 403;
}

/** The first moment of a day here, as the server reads it. */
function startOfDay(day: string, daysLater: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}
