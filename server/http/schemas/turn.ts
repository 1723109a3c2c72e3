/** One speaker's utterance, and what its answer took. */
import { z } from '@hono/zod-openapi';
import { component } from './component.js';

/** Who spoke. */
export const turnRole = component('TurnRole', 'Who spoke.', z.enum(['user', 'agent']));

/** Who told of a turn. */
export const turnSource = component(
  'TurnSource',
  'Who told of a turn: the agent that answered, or what it published in the room.',
  z.enum(['agent', 'room']),
);

const ms = (description: string) => z.number().nullable().describe(description);

/** Milliseconds that one answer took. */
export const turnLatency = component(
  'TurnLatency',
  "What an answer took: milliseconds, from the end of the caller's speech. null: not measured.",
  z.object({
    end_of_turn_ms: ms('Until the turn was taken as finished.'),
    stt_ms: ms('Until the words were known.'),
    llm_ms: ms('Of the language model, to its first token.'),
    tts_ms: ms('Of the voice, to its first sound.'),
    total_ms: ms("From the end of the caller's speech to the first sound of the answer."),
  }),
);

/** One utterance. */
export const transcriptTurn = component(
  'TranscriptTurn',
  "One speaker's utterance. Times are milliseconds after the call's `started_at`.",
  z.object({
    id: z.string().describe('Names the turn within the call.'),
    role: turnRole.describe('Who said it.'),
    content: z.string().describe('What was said.'),
    start_ms: z.number().describe("When it began: milliseconds after the call's `started_at`."),
    end_ms: z.number().describe("When it ended: milliseconds after the call's `started_at`."),
    interrupted: z.boolean().describe("An agent's turn that the caller cut off."),
    confidence: z
      .number()
      .nullable()
      .describe("Of the speech recogniser, 0 to 1. Caller's turns only."),
    intent: z
      .string()
      .nullable()
      .describe('What the offline dialogue took the turn for, e.g. `opening_hours`.'),
    latency: turnLatency.nullable().describe("What the answer took. Agent's turns only."),
    source: turnSource.describe(
      '`room`: the agent reported nothing, so the turn is what the server heard it publish.',
    ),
    unverified: z
      .boolean()
      .describe(
        'Heard in the room, and nobody vouches for it: the caller itself may have written it.',
      ),
  }),
);
