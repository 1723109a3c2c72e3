/**
 * What a call record tells beside what was said: where the call came from, what the caller's device saw, latency, functions,
 * transfers, usage and cost, and what the caller thought of it. `at_ms` is milliseconds after the call's `started_at`.
 */
import { z } from '@hono/zod-openapi';
import { SDK_STEPS } from '../../domain/evidence/closed-words.js';
import { MOST_MS, counted, instant } from './common.js';
import { component } from './component.js';

const text = z.string().nullable();
const count = z.int().min(0).max(1e12);
const id = z.string().max(100);
const ms = z.number();
const at_ms = z.number().describe("Milliseconds after the call's `started_at`; not below 0.");

/** What a call was started through. */
export const entryPoint = component(
  'EntryPoint',
  'What a call was started through: `web` a page or a backend · `test` a trial, so that figures can leave it out. The other words exist for phone calls.',
  z.enum(['web', 'test', 'inbound', 'outbound', 'batch', 'workflow']),
);

/** What happened on the visitor's device. */
export const clientEventType = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be at most 40 small letters, digits and underscores')
  .describe(
    `What happened. This project's SDK says ${SDK_STEPS.map((word) => `\`${word}\``).join(', ')}; other pages may use words of their own. At most 40 characters.`,
  );

const clientEvent = component(
  'ClientEvent',
  "One step on the visitor's device, by its own clock.",
  z.object({
    type: clientEventType,
    at_ms: z
      .number()
      .describe("Milliseconds after the call's `started_at`; negative for what was before it."),
    detail: z.record(z.string(), z.unknown()).describe('Further facts, depending on the type.'),
  }),
);

const figure = z.number().min(0).max(MOST_MS);

const spread = component(
  'Spread',
  'A figure that was measured several times during the call.',
  z.strictObject({
    p50: figure.describe('The median.'),
    p90: figure.describe('Nine of ten measurements were not above it.'),
    max: figure.describe('The highest.'),
  }),
);

const word = z.string().max(40).nullable();

/** How the visitor's device is connected. */
export const clientConnection = component(
  'ClientConnection',
  "The connection of the caller's device to the media server, as the device measured it.",
  z.strictObject({
    codec: word.describe('The audio codec, e.g. `opus`. At most 40 characters.'),
    rtt_ms: spread.nullable().describe('Round trip, in milliseconds.'),
    jitter_ms: spread
      .nullable()
      .describe(
        'Jitter of the sound that arrived, here or, while none did, at the media server; in milliseconds.',
      ),
    packet_loss_percent: spread
      .nullable()
      .describe('Packets that were lost on the way that lost more, in per cent.'),
    candidate_type: word.describe(
      "The device's ICE candidate: `host`, `srflx`, `prflx`, `relay`. At most 40 characters.",
    ),
    protocol: word.describe(
      '`udp` or `tcp`; of a relay, how it is reached: `tls`, too. At most 40 characters.',
    ),
    samples: count.describe('How often it was measured.'),
  }),
);

/** What the visitor's device tells of a call. */
export const callClient = component(
  'CallClient',
  "The word of the visitor's device: nobody else has checked it.",
  z.object({
    timeline: z.array(clientEvent).describe('What the device did, in order.'),
    connection: clientConnection.nullable().describe('Figures of its connection; null: none told.'),
    reported_at: instant.describe('When the device last told. ISO 8601.'),
  }),
);

const percentiles = component(
  'Percentiles',
  'How a figure is spread over the answers of a call, in milliseconds.',
  z.object({
    p50: ms.describe('The median.'),
    p90: ms.describe('Nine of ten answers were not above it.'),
    p99: ms.describe('99 of 100 answers were not above it.'),
  }),
);

const stage = (description: string) => percentiles.nullable().describe(description);

/** Latency of a call, per stage. */
export const callLatency = component(
  'CallLatency',
  "How long the agent's answers took, per stage; see `TurnLatency`. A stage that no answer measured is null.",
  z.object({
    answers: count.describe('How many answers were measured.'),
    end_of_turn_ms: stage("From the end of the caller's speech until the turn was finished."),
    stt_ms: stage("From the end of the caller's speech until its text was known."),
    llm_ms: stage('The language model, to its first token.'),
    tts_ms: stage('Text to speech, to its first sound.'),
    total_ms: stage("From the end of the caller's speech to the first sound of the answer."),
  }),
);

/** Counters of the cache of synthesised sentences. */
export const audioCacheCounts = {
  lookups: count.describe('How many sentences were looked up.'),
  hits: count.describe('How many of them were in the cache.'),
  misses: count.describe('How many were not.'),
  new_entries: count.describe('How many were added.'),
};

/** Use of the cache of synthesised sentences. */
export const callAudioCache = component(
  'CallAudioCache',
  'Use of the cache of synthesised sentences during the call.',
  z.object({
    enabled: z.boolean().describe('Whether the agent had a cache.'),
    ...audioCacheCounts,
    hit_rate: z.number().describe('`hits` by `lookups`, 0 to 1; 0 without lookups.'),
  }),
);

/** Any JSON but `null`. */
export const anyJson = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
  z.string(),
  z.number(),
  z.boolean(),
]);

const KEPT = 'What is longer than 4 KB as JSON is `{"left_out": …}`.';

/** Whose function it is. */
export const functionSource = z.enum(['version', 'page']);

/** A function that the agent called. */
export const callFunction = component(
  'CallFunction',
  'A function that the agent called. Secrets are taken out of arguments and answer before they are stored.',
  z.object({
    id: z.string().describe('`fn_…`.'),
    name: z.string().describe("The function's name."),
    at: instant.describe('When it was called. ISO 8601.'),
    at_ms,
    arguments: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe(`What it was called with; null: not told, or not stored. ${KEPT}`),
    answer: anyJson
      .nullable()
      .describe(`What it answered; null: nothing, not told, or not stored. ${KEPT}`),
    latency_ms: ms.describe('How long it took, in milliseconds.'),
    ok: z.boolean().describe('Whether it succeeded.'),
    error: text.describe('Why it failed; null when it succeeded, or nothing was told.'),
    source: functionSource.describe(
      "Whose function it is: the `version`'s, or one that the `page` offered, whose answer came from the visitor's browser.",
    ),
  }),
);

/** An agent that takes part in a transfer. */
export const transferParty = component(
  'TransferParty',
  'An agent before or after a transfer, as it was at that time.',
  z.object({
    agent_id: id.describe('The agent, `agent_…`.'),
    agent_version_id: id.nullable().describe('Its version, `av_…`; null: none was found.'),
    agent_version_number: counted.nullable().describe('The number of that version.'),
    agent_name: z.string().max(200).nullable().describe("The agent's title."),
  }),
);

/** Whether a transfer came about. */
export const transferStatus = component(
  'TransferStatus',
  'Whether a transfer came about.',
  z.enum(['completed', 'failed']),
);

/** A transfer of a call to another agent. */
export const callTransfer = component(
  'CallTransfer',
  'A transfer of the call to another agent.',
  z.object({
    id: z.string().describe('`tr_…`.'),
    at: instant.describe('When it happened. ISO 8601.'),
    at_ms,
    from: transferParty.describe('Who spoke before.'),
    to: transferParty.describe('Who speaks after, or was to.'),
    reason: text.describe('Why; null: not told.'),
    status: transferStatus.describe('Whether it came about.'),
    error: text.describe('Why it failed; null when it did not.'),
  }),
);

/** The kinds of providers that a call uses. */
export const providerKind = component(
  'ProviderKind',
  'What a provider does in a call: speech to text, the language model, or text to speech.',
  z.enum(['transcriber', 'llm', 'voice']),
);

/** What a call used of one model. */
export const providerUsage = component(
  'ProviderUsage',
  'What a call used of one model of one provider. A figure that does not apply is absent.',
  z.strictObject({
    kind: providerKind.describe('What it does.'),
    provider: z.string().min(1).max(200).describe('The provider, e.g. `openai`.'),
    model: z.string().max(200).nullable().describe('The model; null where there is one only.'),
    speech_ms: z
      .number()
      .min(0)
      .max(1e12)
      .optional()
      .describe('Speech heard or made, in milliseconds.'),
    input_tokens: count.optional().describe('Tokens that the model read.'),
    output_tokens: count.optional().describe('Tokens that it wrote.'),
    characters: count.optional().describe('Characters that became speech.'),
  }),
);

/** What a call used. */
export const callUsage = component(
  'CallUsage',
  "What the call used, as the agent's framework counts it.",
  z.object({
    speech_ms: ms.describe('Speech that was turned into text, in milliseconds.'),
    llm_input_tokens: count.describe('Tokens that language models read.'),
    llm_output_tokens: count.describe('Tokens that they wrote.'),
    voice_characters: count.describe('Characters that became speech.'),
    providers: z.array(providerUsage).describe('The same by provider and model.'),
  }),
);

/** Units of prices. */
export const priceUnit = component(
  'PriceUnit',
  'What a price is for: a minute of speech, or a million tokens or characters.',
  z.enum(['minute', 'million_input_tokens', 'million_output_tokens', 'million_characters']),
);

/** One part of the cost of a call. */
export const costPart = component(
  'CostPart',
  'What one model cost, in one unit.',
  z.object({
    kind: providerKind.describe('What the provider does.'),
    provider: z.string().describe('The provider.'),
    model: text.describe('The model; null where there is one only.'),
    quantity: z.number().describe('How much was used, in units.'),
    unit: priceUnit.describe('The unit.'),
    price: z.number().nullable().describe('The price of one unit; null: the price list has none.'),
    amount: z.number().nullable().describe('`quantity` × `price`; null without a price.'),
  }),
);

/** The cost of a call. */
export const callCost = component(
  'CallCost',
  "The call's usage times the operator's prices at that time.",
  z.object({
    currency: z.string().describe('ISO 4217, e.g. `USD`.'),
    total: z.number().describe('The sum of all amounts; parts without a price count nothing.'),
    parts: z.array(costPart).describe('By provider, model and unit.'),
  }),
);

/** What the caller thought of a call. */
export const callFeedback = component(
  'CallFeedback',
  'What the caller thought of the call.',
  z.object({
    rating: z.int().min(1).max(5).describe('1 (bad) to 5 (good).'),
    comment: text.describe("The caller's words; null: none."),
    at: instant.describe('When the caller said so. ISO 8601.'),
  }),
);

/** The fields of the whole detail that this file describes. */
export const callEvidence = {
  client: callClient
    .nullable()
    .describe("What the visitor's device told; null: nothing. Its word alone."),
  latency: callLatency
    .nullable()
    .describe("How long the agent's answers took; null: no answer was measured."),
  audio_cache: callAudioCache
    .nullable()
    .describe('Use of the cache of synthesised sentences; null: not told.'),
  functions: z.array(callFunction).describe('The functions that were called, in order.'),
  transfers: z.array(callTransfer).describe('Transfers to other agents, in order.'),
  usage: callUsage.nullable().describe('What the call used; null: not told.'),
  cost: callCost
    .nullable()
    .describe('What the call cost; null: its usage is not known, or there are no prices.'),
  feedback: callFeedback.nullable().describe('What the caller thought; null: nothing was said.'),
  trace_id: text.describe("The id of the call's OpenTelemetry trace; null: not traced."),
};
