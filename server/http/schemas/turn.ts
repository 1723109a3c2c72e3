/**
 * A turn, one speaker's utterance. `AgentJobTurn` is what an agent tells of it, `ToldTurn` the same in the domain, whoever
 * told; `TurnRow` is a call's turn as it is kept, and `TranscriptTurn` as it is shown. All have the fields of `said`. What
 * may still change is a segment: made of pieces as they come in, by the server that listens in a room and by the page.
 */
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
  z.strictObject({
    end_of_turn_ms: ms('Until the turn was taken as finished.'),
    stt_ms: ms('Until the words were known.'),
    llm_ms: ms('Of the language model, to its first token.'),
    tts_ms: ms('Of the voice, to its first sound.'),
    total_ms: ms("From the end of the caller's speech to the first sound of the answer."),
  }),
);

const turnVia = component(
  'TurnVia',
  'How a turn was made. What is typed has no length, and nothing to hear.',
  z.enum(['speech', 'text']),
);

/** Who answered. */
export const turnProviders = component(
  'TurnProviders',
  'Who heard, thought and spoke: `provider`, or `provider/model` where the version names a model. null: nobody was needed, or it is not known.',
  z.strictObject({
    transcriber: z.string().max(500).nullable().describe("Speech to text. Caller's turns only."),
    llm: z.string().max(500).nullable().describe("Language model. Agent's turns only."),
    voice: z
      .string()
      .max(500)
      .nullable()
      .describe("Text to speech; null where the voice failed. Agent's turns only."),
  }),
);

const said = z.object({
  role: turnRole.describe('Who said it.'),
  content: z.string().max(20_000).describe('What was said. At most 20,000 characters.'),
  interrupted: z.boolean().describe("An agent's turn that the caller cut off."),
  via: turnVia.describe(
    'Spoken, or typed by the caller: then it begins and ends when it was taken.',
  ),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'Of the speech recogniser, 0 to 1; null: not known. Spoken turns of the caller only.',
    ),
  intent: z
    .string()
    .max(100)
    .nullable()
    .describe(
      'What the offline language model took the turn for, e.g. `opening_hours`, or `knowledge`: a fact of the version answers it; null: nothing.',
    ),
  latency: turnLatency
    .nullable()
    .describe("What the answer took; null: not measured. Agent's turns only."),
  providers: turnProviders
    .nullable()
    .describe('Which providers answered, fallbacks included; null: the agent did not say.'),
});

/** What an agent tells of a turn; what it leaves out is null, `interrupted` false, and `via` speech. */
export const toldOfTurn = said.partial({
  interrupted: true,
  via: true,
  confidence: true,
  intent: true,
  latency: true,
  providers: true,
}).shape;

/** As the record has it. */
export const transcriptTurn = component(
  'TranscriptTurn',
  "A turn, one speaker's utterance. Times are milliseconds after the call's `started_at`.",
  z.object({
    id: z.string().describe('Names the turn within the call.'),
    ...said.shape,
    start_ms: z.number().describe("When it began: milliseconds after the call's `started_at`."),
    end_ms: z.number().describe("When it ended: milliseconds after the call's `started_at`."),
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
