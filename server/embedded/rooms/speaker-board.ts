// Decides which speakers to report: those whose quantised level has changed since the last time.
import type { Participant } from './participant.js';

export interface SpeakerChange {
  readonly sid: string;
  readonly level: number;
  readonly active: boolean;
}

const STEPS = 8;

export class SpeakerBoard {
  readonly #last = new Map<string, number>();

  /** Reads all levels and returns the participants that became louder, quieter or silent. */
  measure(participants: Iterable<Participant>): SpeakerChange[] {
    const changes: SpeakerChange[] = [];
    const seen = new Set<string>();
    for (const participant of participants) {
      seen.add(participant.sid);
      const before = this.#last.get(participant.sid) ?? 0;
      const level = Math.ceil(loudest(participant) * STEPS) / STEPS;
      if (level === before) continue;
      this.#last.set(participant.sid, level);
      if (!participant.isHidden) changes.push({ sid: participant.sid, level, active: level > 0 });
    }
    for (const sid of this.#last.keys()) if (!seen.has(sid)) this.#last.delete(sid);
    return changes;
  }
}

function loudest(participant: Participant): number {
  let level = 0;
  for (const track of participant.liveTracks) level = Math.max(level, track.level.read());
  return level;
}
