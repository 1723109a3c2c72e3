/** What a device tells, without anything that could be words of the caller: for calls that keep none. */
import type { ClientRow } from '../ports/rows.js';

/** The members whose values are codes of this project's SDK. */
const CODES: Readonly<Record<string, readonly string[]>> = { error: ['code'], end: ['reason'] };
/** The steps that this project's SDK tells. */
export const SDK_STEPS: readonly string[] = [
  ...['intent', 'start', 'grant', 'microphone', 'media_code', 'signal', 'ice', 'connected'],
  ...['agent_joined', 'agent_ready', 'first_agent_audio', 'reconnecting', 'reconnected'],
  ...['resumed', 'muted', 'unmuted', 'microphone_lost', 'microphone_changed', 'audio_blocked'],
  ...['audio_allowed', 'error', 'end'],
];
/** Nothing that people say: no digits, no spaces. */
const CODE = /^[a-z]+(?:_[a-z]+)*$/;
const CODECS = ['opus', 'red', 'pcmu', 'pcma', 'g722'];
const CANDIDATES = ['host', 'srflx', 'prflx', 'relay'];
const PROTOCOLS = ['udp', 'tcp', 'tls'];

/** Steps that the SDK knows, with codes as their only detail, and figures. */
export function closedWords({ timeline, connection, ...told }: ClientRow): ClientRow {
  return {
    ...told,
    timeline: timeline.flatMap(({ type, at_ms, detail }) => {
      if (!SDK_STEPS.includes(type)) return [];
      const kept = (CODES[type] ?? []).flatMap((name) => {
        const value = detail[name];
        return typeof value === 'string' && CODE.test(value) ? [[name, value] as const] : [];
      });
      return [{ type, at_ms, detail: Object.fromEntries(kept) }];
    }),
    connection: connection && {
      ...connection,
      codec: oneOf(CODECS, connection.codec),
      candidate_type: oneOf(CANDIDATES, connection.candidate_type),
      protocol: oneOf(PROTOCOLS, connection.protocol),
    },
  };
}

function oneOf(words: readonly string[], word: string | null): string | null {
  return word !== null && words.includes(word.toLowerCase()) ? word : null;
}
