/** Messages that pass through the LiveKit room of a call and not over REST, for the contract's types. */
import { z } from '@hono/zod-openapi';

/** The messages by the names of their types in the contract. No route uses them. */
export const IN_CALL_MESSAGES = {
  AgentJobMetadata: z
    .object({ call_id: z.string().describe('The call to be answered, `call_…`.') })
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
      "Why the agent did not take what the caller typed. The page calls LiveKit's RPC method `dialnexa.text` of the agent " +
        'with the text as its payload; a refusal is an RPC error of code 4100 whose message is this word.',
    ),
};
