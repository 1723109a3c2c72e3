/** How a call went, sentence by sentence: who started it, with which version, how long each side waited, what was done, why it ended. */
import { absencesOf } from './absences-of.js';
import { quote } from './quote.js';
import type { Observed } from './observed.js';
import type { Starter, Texts } from './texts/texts.js';

/** Characters of an address or name. */
const MOST_OF_A_NAME = 60;

/** Three to eight of them. */
export function sentencesOf(observed: Observed, texts: Texts): string[] {
  const { call, version } = observed;
  return [
    texts.started(starterOf(observed)),
    texts.chosen({
      by: call.route.chosen_by,
      agent: quote(call.agent_name, MOST_OF_A_NAME),
      number: call.agent_version_number,
      title: quote(call.agent_version_title ?? '', MOST_OF_A_NAME),
      newest: version.newest_now,
    }),
    ...waited(observed, texts),
    ...talked(observed, texts),
    ...did(observed, texts),
    ...wentOn(observed, texts),
    ...connected(observed, texts),
    lastOf(observed, texts),
  ];
}

/** The end of the call, or that it goes on, as a clause. */
export function outcomeOf({ call }: Observed, texts: Texts): string {
  if (call.ended_at === null) return texts.goingOn;
  return texts.ended[call.end_reason ?? 'unknown'];
}

function starterOf({ call: { route, entry_point } }: Observed): Starter {
  const by =
    route.entry_point === 'livekit_token'
      ? 'livekit'
      : route.api_key_kind === 'secret'
        ? 'backend'
        : 'page';
  // What follows a page's path may be about the visitor.
  const [page = ''] = (route.page_url ?? route.origin ?? '').split(/[?#]/);
  return {
    by,
    isTest: entry_point === 'test',
    page: quote(page, MOST_OF_A_NAME),
    key: quote(route.api_key_name ?? '', MOST_OF_A_NAME),
  };
}

function waited(observed: Observed, texts: Texts): string[] {
  const { call, turns, answeredMs } = observed;
  if (call.started_at === null && call.ended_at === null) return [];
  const joined =
    call.started_at === null ? null : Date.parse(call.started_at) - Date.parse(call.created_at);
  const [first] = turns;
  const greeted = first?.role === 'agent' ? first.start_ms : null;
  const times = { joined: joined && Math.max(0, joined), answered: answeredMs, greeted };
  return [texts.waited({ ...times, isWritten: call.route.text_only })];
}

function talked({ call, version, callerTurns, agentTurns }: Observed, texts: Texts): string[] {
  if (call.sensitive_delete) return [texts.erased];
  if (call.answered_at === null) return [];
  if (!version.keeps_words) return [texts.unstored];
  if (callerTurns.length + agentTurns.length === 0) return call.ended_at ? [texts.untold] : [];
  const total = call.latency?.total_ms ?? null;
  const typed = callerTurns.filter(({ via }) => via === 'text').length;
  return [
    texts.talked({
      spoken: callerTurns.length - typed,
      typed,
      agentTurns: agentTurns.length,
      isWritten: call.route.text_only,
      p50: total?.p50 ?? null,
      p90: call.latency?.answers === 1 ? null : (total?.p90 ?? null),
    }),
  ];
}

function did({ call, quote: short }: Observed, texts: Texts): string[] {
  const to = call.transfers.findLast(({ status }) => status === 'completed')?.to;
  const deeds = {
    functions: call.functions.length,
    failed: call.functions.filter(({ ok }) => !ok).length,
    transferredTo: to ? short(to.agent_name ?? to.agent_id) : '',
  };
  return deeds.functions > 0 || deeds.transferredTo ? [texts.did(deeds)] : [];
}

function wentOn({ call }: Observed, texts: Texts): string[] {
  const { nextPages } = absencesOf(call);
  return nextPages > 0 ? [texts.wentOn(nextPages)] : [];
}

function connected({ call }: Observed, texts: Texts): string[] {
  const connection = call.client?.connection;
  if (!connection) return [];
  const { rtt_ms: rtt, packet_loss_percent: loss } = connection;
  const told = {
    codec: quote(connection.codec ?? '', MOST_OF_A_NAME),
    protocol: quote(connection.protocol ?? '', MOST_OF_A_NAME),
    rtt: rtt?.p50 ?? null,
    loss: loss?.p50 ?? null,
  };
  const isTold = told.codec || told.protocol || told.rtt !== null || told.loss !== null;
  return isTold ? [texts.connected(told)] : [];
}

function lastOf(observed: Observed, texts: Texts): string {
  const { lengthMs, endError, gone } = observed;
  return texts.over(outcomeOf(observed, texts), lengthMs, endError, gone);
}
