/** Analyses calls with a language model. Nothing that it answers is taken as it is. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { PostCallField } from '../../../sdk/wire/agent.js';
import type { CallAnalysis } from '../../../sdk/wire/call.js';
import type { AnalysisFound, AnalysisRequest, Analyst } from '../../domain/ports/analyst.js';
import { cleanText } from '../clean-text.js';
import type { AnalysisModel } from '../create-analyst.js';
import { AnalysisError } from './analysis-error.js';
import { askModel, jsonOf } from './ask-model.js';
import type { ModelAnswer, ModelQuestion } from './ask-model.js';
import { confirmField } from './confirm-field.js';
import { SENTIMENTS, questionOf } from './question-of.js';

const LONGEST_SUMMARY = 2_000;
/** The first time, and two more. */
const TRIES = 3;
/** What a server says that does not take the schema, or nothing else that it knows. */
const REFUSES_SCHEMA = [400, 404, 415, 422, 501];

/** Milliseconds. */
export interface Patience {
  /** For one answer. Default 30,000. */
  timeoutMs?: number;
  /** Before the second try; twice that before the third. Default 1,000. */
  waitMs?: number;
}

const answered = z.object({
  summary: z.string(),
  sentiment: z.enum(SENTIMENTS),
  success: z.boolean().nullable(),
  fields: z.record(z.string(), z.unknown()).catch({}),
});
const field = z.object({ value: z.unknown(), turn: z.int() });

/** Rejects with `AnalysisError`. */
export function createModelAnalyst(
  model: AnalysisModel,
  { timeoutMs = 30_000, waitMs = 1_000 }: Patience = {},
): Analyst {
  let takesSchema = true;

  const analyse = async (request: AnalysisRequest): Promise<AnalysisFound> => {
    const question = questionOf(request);
    let usage: ModelAnswer['usage'] = null;
    let isPlain = !takesSchema;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const asked: ModelQuestion = isPlain ? { ...question, schema: null } : question;
        const answer = await askModel(model, asked, timeoutMs);
        usage = sumOf(usage, answer.usage);
        const found = foundIn(answer.content, request);
        if (isPlain) takesSchema = false;
        return { ...found, method: 'model', model: model.model, usage };
      } catch (error) {
        if (!(error instanceof AnalysisError) || attempt === TRIES) throw error;
        const isAboutSchema = !isPlain && REFUSES_SCHEMA.includes(error.status ?? 0);
        if (isAboutSchema) isPlain = true;
        else if (error.isPassing) await wait(waitMs * 2 ** (attempt - 1));
        else throw error;
      }
    }
  };
  return { analyse };
}

function sumOf(one: ModelAnswer['usage'], other: ModelAnswer['usage']): ModelAnswer['usage'] {
  if (!one || !other) return one ?? other;
  return {
    input_tokens: one.input_tokens + other.input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
  };
}

/** Throws `AnalysisError` for what is no analysis. */
function foundIn(
  content: string,
  request: AnalysisRequest,
): Pick<AnalysisFound, 'summary' | 'sentiment' | 'success' | 'fields'> {
  const [, fenced] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(content) ?? [];
  const parsed = answered.safeParse(jsonOf(fenced ?? content));
  const summary = parsed.success ? cleanText(parsed.data.summary, LONGEST_SUMMARY) : '';
  if (!parsed.success || summary === '') throw AnalysisError.garbage();
  const { sentiment, success, fields } = parsed.data;
  const values = request.fields.flatMap((one) => {
    const told = Object.hasOwn(fields, one.field_name) ? fields[one.field_name] : null;
    const kept = confirmed(one, told, request);
    return kept ? [[one.field_name, kept] as const] : [];
  });
  return { summary, sentiment, success, fields: Object.fromEntries(values) };
}

function confirmed(
  wanted: PostCallField,
  told: unknown,
  request: AnalysisRequest,
): CallAnalysis['fields'][string] | null {
  const parsed = field.safeParse(told);
  const turn = parsed.success ? request.turns[parsed.data.turn - 1] : undefined;
  if (!parsed.success || !turn) return null;
  const value = confirmField(wanted, parsed.data.value, turn, request);
  return value === null ? null : { value, turn_id: turn.id };
}
