/**
 * A turn: what one speaker has said before the other speaks. It is called `AgentJobTurn` in an agent's report, `ReportedTurn`
 * in the domain (whether an agent reported it or the server heard it in the room), `TurnRow` in the database and
 * `TranscriptTurn` in a transcript; all have the fields of `said`. A part of a turn that may still change is a segment: the
 * server's room listener and the page put turns together from segments.
 */
import { z } from '@hono/zod-openapi';
import { MOST_MS } from './common.js';
import { component } from './component.js';

/** The speaker of a turn. */
export const turnRole = component(
  'TurnRole',
  'The speaker of a turn: the caller is `user`.',
  z.enum(['user', 'agent']),
);

/** The source of a turn. */
export const turnSource = component(
  'TurnSource',
  'Where a turn was learnt from: `agent`, from the reports of the agent; `room`, from what was published in the room.',
  z.enum(['agent', 'room']),
);

const ms = (description: string) =>
  z.number().min(-MOST_MS).max(MOST_MS).nullable().describe(description);

/** The latency of one answer. */
export const turnLatency = component(
  'TurnLatency',
  'The latency of one answer and of its parts, in milliseconds. null: not measured. What was said before the agent was there counts from the moment at which the agent heard it, and its speech to text is not measured.',
  z.strictObject({
    end_of_turn_ms: ms("From the end of the caller's speech until the turn was taken as finished."),
    stt_ms: ms("From the end of the caller's speech until its text was known."),
    llm_ms: ms('The language model, to its first token.'),
    tts_ms: ms('Text to speech, to its first sound.'),
    total_ms: ms("From the end of the caller's speech to the first sound of the answer."),
  }),
);

const turnVia = component(
  'TurnVia',
  'Whether a turn was spoken or typed. A typed one begins and ends at the same moment and is in no recording.',
  z.enum(['speech', 'text']),
);

/** The providers of a turn. */
export const turnProviders = component(
  'TurnProviders',
  'The providers that were used for a turn, each `provider`, or `provider/model` where the version names a model. null: none was used, or it is not known.',
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
  interrupted: z
    .boolean()
    .describe('Whether the caller, or the end of the call, cut off this turn of the agent.'),
  via: turnVia.describe(
    'Whether it was spoken, or written: typed by the caller, or answered in a call that is typed only.',
  ),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'How sure speech to text was, 0 to 1; null: not known. Spoken turns of the caller only.',
    ),
  intent: z
    .string()
    .max(100)
    .nullable()
    .describe(
      'The intent that the offline language model found, e.g. `opening_hours`; `knowledge` when a fact of the version was the answer; null: none.',
    ),
  facts: z
    .array(z.string().max(500))
    .max(20)
    .nullable()
    .describe(
      "What was known to make the answer from, in the owner's words: facts of the version's `knowledge`, or sentences of its prompt where it has none, each cut after 500 characters, the best first. null: none. Agent's turns only.",
    ),
  latency: turnLatency
    .nullable()
    .describe("The latency of the answer; null: not measured. Agent's turns only."),
  providers: turnProviders
    .nullable()
    .describe(
      'The providers that were used, fallbacks included; null: the agent did not report them.',
    ),
});

/** The fields of a turn as an agent reports it. Defaults: `interrupted` false, `via` speech, all else null. */
export const reportedTurn = said.partial({
  interrupted: true,
  via: true,
  confidence: true,
  intent: true,
  facts: true,
  latency: true,
  providers: true,
}).shape;

/** A turn in the transcript of a call record. */
export const transcriptTurn = component(
  'TranscriptTurn',
  "A turn, one speaker's utterance. Times are milliseconds after the call's `started_at`.",
  z.object({
    id: z.string().describe('The id of the turn within the call.'),
    ...said.shape,
    agent_id: z
      .string()
      .nullable()
      .describe(
        "The agent that spoke, `agent_…`: the call's own, or the one that a completed transfer of the call's `transfers` had brought in when the turn began; its name stands there. null: the caller spoke.",
      ),
    start_ms: z.number().describe("When it began: milliseconds after the call's `started_at`."),
    end_ms: z.number().describe("When it ended: milliseconds after the call's `started_at`."),
    source: turnSource.describe(
      'Where the turn was learnt from. `room`: the agent reported nothing, and the server listened in the room.',
    ),
    unverified: z
      .boolean()
      .describe(
        'Whether the turn was published in the room by somebody other than the agent: the caller may have written it.',
      ),
  }),
);
