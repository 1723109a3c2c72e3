/** What is said inside a call, in LiveKit's room, and not over REST. */
import { z } from '@hono/zod-openapi';

/** By the names that the contract gives them; no route knows them. */
export const IN_CALL_MESSAGES = {
  AgentJobMetadata: z
    .object({ call_id: z.string().describe('The call to be answered, `call_…`.') })
    .describe(
      "What LiveKit's job metadata holds, as JSON. The caller can read it: no secret may stand in it.",
    ),
  CallTransferMessage: z
    .object({
      name: z.string().describe('The name of the function.'),
      destinations: z.array(z.string()).describe("The function's destinations, in its order."),
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
