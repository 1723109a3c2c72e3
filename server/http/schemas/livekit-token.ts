/** LiveKit's own token-endpoint shape, so that any LiveKit frontend can start a call. */
import { z } from '@hono/zod-openapi';

const agentDispatch = z.object({
  agent_name: z.string().min(1).max(100),
  metadata: z.string().max(2_000).optional().openapi({
    description:
      "For the agent's job. Of a JSON object, the texts, numbers and booleans are the call's variables.",
  }),
});

/** Not strict: LiveKit's clients may send members that we do not read. */
export const livekitTokenRequest = z
  .object({
    room_name: z.string().max(256).optional(),
    participant_identity: z.string().max(256).optional(),
    participant_name: z.string().max(256).optional(),
    participant_metadata: z.string().max(16_384).optional(),
    participant_attributes: z.record(z.string().max(64), z.string().max(2_000)).optional(),
    room_config: z.object({ agents: z.array(agentDispatch).max(1).optional() }).optional(),
  })
  .openapi('LivekitTokenRequest', {
    description:
      'The shape of LiveKit token endpoints. `room_config.agents[0].agent_name` is an agent id of ' +
      'this server, or the id of a version. Room and identity are chosen by the server; names asked for are ignored.',
  });

/** What LiveKit's `TokenSource.endpoint` expects, and the call's own ids beside it. */
export const livekitTokenResponse = z
  .object({
    server_url: z.string(),
    participant_token: z.string(),
    call_id: z.string(),
    call_token: z.string(),
    expires_at: z.string(),
  })
  .openapi('LivekitTokenResponse');
