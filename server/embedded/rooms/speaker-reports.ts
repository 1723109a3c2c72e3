// Decides which speaker levels to report to whom: of speakers that the receiver hears, when the quantised level has
// changed.
import type { Participant } from './participant.js';

/** A changed level of a speaker: `level` from 0 (silent) to 1. */
export interface SpeakerChange {
  readonly sid: string;
  readonly level: number;
  readonly active: boolean;
}

const STEPS = 8;

/** The levels that each participant was told last. */
export class SpeakerReports {
  readonly #told = new WeakMap<Participant, Map<string, number>>();

  /** Reads all levels; returns the changes for each receiver that has any. */
  measure(participants: Iterable<Participant>): Map<Participant, SpeakerChange[]> {
    const everyone = [...participants];
    const levels = everyone.map((one) => Math.ceil(loudest(one) * STEPS) / STEPS);
    const news = new Map<Participant, SpeakerChange[]>();
    for (const receiver of everyone) {
      if (!receiver.isActive) continue;
      const told = this.#told.get(receiver) ?? new Map<string, number>();
      this.#told.set(receiver, told);
      const changes = everyone.flatMap((speaker, index) => {
        const level = levels[index] ?? 0;
        const isKnown = level === (told.get(speaker.sid) ?? 0);
        if (isKnown || speaker.isHidden || !hears(receiver, speaker)) return [];
        told.set(speaker.sid, level);
        return [{ sid: speaker.sid, level, active: level > 0 }];
      });
      if (changes.length > 0) news.set(receiver, changes);
    }
    return news;
  }
}

function hears(receiver: Participant, speaker: Participant): boolean {
  if (receiver === speaker) return true;
  return [...speaker.liveTracks].some((track) => receiver.media.isSubscribed(track));
}

function loudest(participant: Participant): number {
  let level = 0;
  for (const track of participant.liveTracks) level = Math.max(level, track.level.read());
  return level;
}
