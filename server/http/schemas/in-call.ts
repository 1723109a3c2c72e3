/** Messages that pass through the LiveKit room of a call and not over REST, for the contract's types. */
import { z } from '@hono/zod-openapi';

const clientToolRefusal = z.enum([
  'not_allowed',
  'invalid',
  'name_taken',
  'too_many',
  'not_supported',
]);

/** The messages by the names of their types in the contract. No route uses them. */
export const IN_CALL_MESSAGES = {
  AgentJobMetadata: z
    .object({
      call_id: z.string().describe('The call to be answered, `call_…`.'),
      text_only: z
        .literal(true)
        .optional()
        .describe('There when the call is typed only: the caller hears nothing.'),
    })
    .describe(
      'The metadata of the LiveKit job, as JSON. The caller can read it, so it holds no secret.',
    ),
  CallTransferMessage: z
    .object({
      name: z.string().describe('The name of the function that was called.'),
      destinations: z
        .array(z.string())
        .describe('The destinations of the function, in the order of its settings.'),
    })
    .describe(
      'Sent by the agent as a text on topic `dialnexa.transfer`, as JSON, when its `call_transfer` function is called: ' +
        'a web caller has no number that could be called, so the page takes it from there.',
    ),
  TextRefusal: z
    .enum(['too_long', 'too_fast', 'too_many', 'call_over'])
    .describe(
      "Why the agent did not take what the caller typed, or what the page told it. The page calls LiveKit's RPC method " +
        '`dialnexa.text` or `dialnexa.context` of the agent with the text as its payload, or `dialnexa.text_once` with ' +
        'JSON of `id` and `text`, which it may send again; a refusal is an RPC error of code 4100 whose message is this word.',
    ),
  ClientToolOffer: z
    .object({
      name: z.string().describe('At most 64 letters, digits, _ or -.'),
      description: z.string().describe('When to call it, and what for. At most 1,000 characters.'),
      parameters: z
        .record(z.string(), z.unknown())
        .describe(
          'JSON Schema of the arguments, an object. At most 4,000 characters as JSON, nested at most 10 deep.',
        ),
      timeout_ms: z.int().describe('Milliseconds that it may take. 100–60,000.'),
    })
    .describe(
      'A function that the page offers. The page calls the RPC method `dialnexa.tools` of the agent with a JSON array of ' +
        'at most 20 of these, which takes the place of the former one; the answer is `ClientToolsTaken` as JSON.',
    ),
  ClientToolRefusal: clientToolRefusal.describe(
    'Why the agent does not take a function of the page: its version does not allow any; the offer has a fault; a ' +
      'function of the version has that name; there are too many. `not_supported` is what the page says of an agent without the method.',
  ),
  ClientToolsTaken: z
    .object({
      refused: z
        .array(
          z
            .object({
              name: z.string().describe('The function, as it was offered.'),
              reason: clientToolRefusal.describe('Why the agent does not take it.'),
            })
            .describe('A function that the agent does not take.'),
        )
        .describe('The functions that the agent does not take, and why.'),
    })
    .describe("The agent's answer to an offer."),
  ClientToolCall: z
    .object({
      name: z.string().describe('The function.'),
      arguments: z.record(z.string(), z.unknown()).describe('What it is called with.'),
    })
    .describe(
      'The agent calls the RPC method `dialnexa.tool` of the page with this as JSON. The answer is JSON, at most 12,000 ' +
        'bytes; a failure is an RPC error of code 4101 whose message is `tool_failed` or `tool_timeout`, and whose data say why.',
    ),
  FunctionCallMessage: z
    .object({
      name: z.string().describe("The function's name."),
      status: z.enum(['started', 'succeeded', 'failed']).describe('How far it has come.'),
    })
    .describe(
      'Sent by the agent to the caller as a packet on topic `dialnexa.function`, as JSON. Arguments and answers are never in it.',
    ),
  AgentChangeMessage: z
    .object({
      agent_id: z.string().describe('The agent that speaks from now on, `agent_…`.'),
      agent_name: z.string().nullable().describe('Its title.'),
    })
    .describe(
      'Sent by the agent to the caller as a packet on topic `dialnexa.agent`, as JSON, when another agent goes on with the call.',
    ),
};
