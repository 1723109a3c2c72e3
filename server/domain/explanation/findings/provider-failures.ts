/** The failures of providers that the agent told of, and who went on. */
import type { ProviderKind, TranscriptTurn } from '../../../../sdk/wire/call.js';
import { afterStart } from '../observed.js';
import type { Observed } from '../observed.js';

const PARTS: readonly ProviderKind[] = ['transcriber', 'llm', 'voice'];

/** One failure. */
export interface ProviderFailure {
  at_ms: number | null;
  part: ProviderKind;
  provider: string;
  error: string;
  /** Who did the same work in a later turn; `null`: nobody. */
  successor: string | null;
}

/** In the order of the timeline. */
export function failuresOf({ call, turns, quote }: Observed): ProviderFailure[] {
  const last = lastOf(turns);
  return call.timeline.flatMap(({ type, at, source, detail }) => {
    const part = PARTS.find((one) => one === detail['part']);
    if (type !== 'provider_failed' || source !== 'agent' || !part) return [];
    const at_ms = afterStart(call, at);
    const later = last[part];
    const goesOn = later && later.end_ms > (at_ms ?? 0) ? (later.providers?.[part] ?? null) : null;
    return [
      {
        at_ms,
        part,
        provider: quote(String(detail['provider'])),
        error: quote(String(detail['error'] ?? '')),
        successor: goesOn === null ? null : quote(goesOn),
      },
    ];
  });
}

/** The last turn for which each part did its work. */
function lastOf(turns: readonly TranscriptTurn[]): Partial<Record<ProviderKind, TranscriptTurn>> {
  const last: Partial<Record<ProviderKind, TranscriptTurn>> = {};
  for (const turn of turns) {
    for (const part of PARTS) if (turn.providers?.[part]) last[part] = turn;
  }
  return last;
}
