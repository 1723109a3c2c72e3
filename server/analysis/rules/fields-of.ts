/** The values of a version's fields that a caller has said, found without a model. What is not sure is left out. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import type { CallAnalysis } from '../../../sdk/wire/call.js';
import type { AnalysisRequest } from '../../domain/ports/analyst.js';
import { numbersIn } from '../values/numbers-in.js';
import { enumOf } from './enum-of.js';
import { exchangesOf, mentionsOf } from './exchanges-of.js';
import { momentOf } from './moment-of.js';
import { slotOf } from './slot-of.js';
import { stringOf } from './string-of.js';
import { truthOf } from './truth-of.js';
import type { Exchange, Mention } from './exchanges-of.js';

/** A value and the turn that it was said in; `null`: it was not said. */
export type Said = CallAnalysis['fields'][string] | null;

/** What every field is looked for in. */
export interface Heard {
  request: AnalysisRequest;
  exchanges: readonly Exchange[];
  /** Those about the field, the surest first. */
  mentions: readonly Mention[];
}

/** By `field_name`. */
export function fieldsOf(request: AnalysisRequest): CallAnalysis['fields'] {
  const exchanges = exchangesOf(request.turns);
  const found = request.fields.flatMap((field) => {
    const said = saidOf(field, { request, exchanges, mentions: mentionsOf(field, exchanges) });
    return said ? [[field.field_name, said] as const] : [];
  });
  return Object.fromEntries(found);
}

function saidOf(field: PostCallField, heard: Heard): Said {
  switch (field.field_type) {
    case 'NUMBER':
      return numberOf(field, heard);
    case 'STRING':
      return stringOf(field, heard);
    case 'BOOLEAN':
      return truthOf(field, heard);
    case 'ENUM':
      return enumOf(field, heard);
    case 'DATETIME':
      return momentOf(heard);
  }
}

/** The first number of an answer; the only one of a sentence that names the field. */
function numberOf(field: PostCallField, heard: Heard): Said {
  const slot = slotOf(field, heard);
  if (slot && /^\d+$/.test(String(slot.value))) return { ...slot, value: Number(slot.value) };
  for (const { turn, isAsked } of heard.mentions) {
    const numbers = numbersIn(turn.content);
    const [first] = numbers;
    if (first !== undefined && (isAsked || numbers.length === 1)) {
      return { value: first, turn_id: turn.id };
    }
  }
  return null;
}
