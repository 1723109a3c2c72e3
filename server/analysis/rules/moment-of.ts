/** A day, with its time where one was said: in one turn, or the day in one and the time in another. */
import { isoOf, momentsIn } from '../values/moments-in.js';
import type { SaidMoment } from '../values/moments-in.js';
import type { Exchange } from './exchanges-of.js';
import type { Heard, Said } from './fields-of.js';

/** The last day of the turns about the field, else of all; the turn of the day is named. */
export function momentOf({ request, exchanges, mentions }: Heard): Said {
  const isSole = request.fields.filter((one) => one.field_type === 'DATETIME').length === 1;
  const of = (one: Exchange) => saidIn(one, request);
  const about = mentions.flatMap(of);
  const all = isSole ? exchanges.toReversed().flatMap(of) : [];
  const day = [...about, ...all].find(({ moment }) => moment.date !== null);
  if (!day) return null;
  const time =
    day.moment.time ?? [...about, ...all].find(({ moment }) => moment.time !== null)?.moment.time;
  const value = isoOf({ date: day.moment.date, time: time ?? null }, request.timeZone);
  return value === null ? null : { value, turn_id: day.turnId };
}

/** The last one of the turn first. */
function saidIn(
  { turn }: Exchange,
  { timeZone, language }: Heard['request'],
): { moment: SaidMoment; turnId: string }[] {
  const moments = momentsIn(turn.content, turn.started_at, timeZone, language);
  return moments.reverse().map((moment) => ({ moment, turnId: turn.id }));
}
