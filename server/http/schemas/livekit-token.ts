/** Bodies of `POST /v1/livekit/token`, in the shape of LiveKit's standard token endpoint, so that any LiveKit frontend can start a call. */
import { z } from '@hono/zod-openapi';
import { component } from './component.js';

const agentDispatch = z.object({
  agent_name: z
    .string()
    .min(1)
    .max(100)
    .describe('An agent id of this server, or the id of a version.'),
  metadata: z
    .string()
    .max(2_000)
    .optional()
    .describe(
      "Kept with the call's metadata, and told to the agent's job as `agent_metadata`. When it is a JSON object, its strings, numbers and booleans become the call's variables. At most 2,000 characters.",
    ),
});

/** Body of the request. Not strict: LiveKit's clients may send fields that this server does not read. */
export const livekitTokenRequest = component(
  'LivekitTokenRequest',
  'The shape of LiveKit token endpoints. `room_config.agents[0].agent_name` is an agent id of ' +
    'this server, or the id of a version. Room and identity are chosen by the server; names asked for are ignored.',
  z.object({
    room_name: z.string().max(256).optional().describe('Not read: the server names the room.'),
    participant_identity: z
      .string()
      .max(256)
      .optional()
      .describe('Not read: the server names the caller.'),
    participant_name: z.string().max(256).optional().describe("Kept with the call's metadata."),
    participant_metadata: z
      .string()
      .max(16_384)
      .optional()
      .describe("Kept with the call's metadata, which holds 16 KiB as JSON in all."),
    participant_attributes: z
      .record(z.string().max(64), z.string().max(2_000))
      .optional()
      .describe("Kept with the call's metadata, which holds 16 KiB as JSON in all."),
    room_config: z
      .object({
        agents: z
          .array(agentDispatch)
          .max(1)
          .optional()
          .describe('The agent that is to answer: exactly one. Required.'),
      })
      .optional()
      .describe('Holds the agent that is to answer. Required.'),
  }),
);

/** Body of the answer. */
export const livekitTokenResponse = component(
  'LivekitTokenResponse',
  "What LiveKit's `TokenSource.endpoint` expects, and the call's own ids beside it.",
  z.object({
    server_url: z.string().describe("LiveKit's address, `ws:` or `wss:`."),
    participant_token: z.string().describe("LiveKit's join token, for one room and a short time."),
    call_id: z.string().describe('The call, `call_…`.'),
    call_token: z
      .string()
      .describe('Lets the page end this call, or read how it ended, and nothing else.'),
    expires_at: z.string().describe('When `participant_token` expires. ISO 8601.'),
  }),
);
