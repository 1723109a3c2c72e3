/** The analysis after a call, as its record shows it, and the answers of the endpoints that ask for another one. */
import { z } from '@hono/zod-openapi';
import { callCost } from './call-evidence.js';
import { instant } from './common.js';
import { component } from './component.js';

/** How far the analysis of a call has come. */
export const analysisStatus = component(
  'AnalysisStatus',
  'How far the analysis of a call has come. `none`: there is nothing to analyse, or nothing may be stored; `queued`: it is to come, or is tried again; `failed`: it was given up.',
  z.enum(['none', 'queued', 'completed', 'failed']),
);

/** One value that the analysis found. */
const analysisField = component(
  'AnalysisField',
  "A value of the version's `post_call_analysis`, and where it comes from.",
  z.object({
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .describe(
        'The value. A `DATETIME` is ISO 8601: with the offset of the time zone of the call, or a date alone when no time was said.',
      ),
    turn_id: z.string().describe('The `id` of the turn that it was said in.'),
  }),
);

/** The analysis of one call. */
export const callAnalysis = component(
  'CallAnalysis',
  'How the analysis after the call was made, whether the call succeeded, and where each extracted value comes from. What it found is in `summary`, `sentiment` and `json_output` too.',
  z.object({
    status: analysisStatus.describe('How far it has come.'),
    method: z
      .enum(['model', 'rules'])
      .nullable()
      .describe('`model`: by a language model; `rules`: without one. null: not yet.'),
    model: z.string().nullable().describe('The language model; null without one.'),
    completed_at: instant.nullable().describe('When it was made. ISO 8601.'),
    error: z
      .string()
      .nullable()
      .describe('Why it failed, or is tried again, in one sentence; null: it has not failed.'),
    success: z
      .boolean()
      .nullable()
      .describe('Whether the caller got what it called for; null: nobody can tell.'),
    fields: z
      .record(z.string(), analysisField)
      .describe('The values by `field_name`; one that was not said is not here.'),
    usage: z
      .object({
        input_tokens: z.int().describe('Tokens that the model read.'),
        output_tokens: z.int().describe('Tokens that it wrote.'),
      })
      .nullable()
      .describe('What the model used, repeats included; null: it did not say, or there was none.'),
    cost: callCost
      .nullable()
      .describe(
        "What the model cost by the operator's prices for `llm`, `openai_compatible`; null: not known.",
      ),
  }),
);

/** Answer of `POST /v1/calls/{call_id}/analyze`. */
export const analyzeCallAnswer = component(
  'AnalyzeCallResponse',
  'The analysis is queued.',
  z.object({
    call_id: z.string().describe('The call, `call_…`.'),
    status: analysisStatus.describe('`queued`.'),
  }),
);

/** Answer of `POST /v1/calls/analyze`. */
export const analyzeCallsAnswer = component(
  'AnalyzeCallsResponse',
  'One page of calls, whose analysis is queued.',
  z.object({
    data: z
      .array(z.string())
      .describe('The calls whose analysis is queued: those that have ended and may be analysed.'),
    next_cursor: z
      .string()
      .nullable()
      .describe('Pass it as `cursor` for the next calls; null when these were the last.'),
  }),
);
