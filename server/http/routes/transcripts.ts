/** `/v1/calls/{call_id}/transcript`: what was said in a call, as JSON, text or subtitles. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../routing/endpoint.js';
import { transcriptAnswer } from '../schemas/call.js';
import { callParams } from '../schemas/common.js';
import { subRip, webVtt } from '../../domain/transcripts/subtitles.js';
import { transcriptText } from '../../domain/transcripts/transcript-text.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

const MEDIA_TYPE = { txt: 'text/plain', srt: 'application/x-subrip', vtt: 'text/vtt' } as const;

const query = z.strictObject({
  format: z
    .enum(['json', 'txt', 'srt', 'vtt'])
    .optional()
    .describe(
      '`json` (default) · `txt` a line a turn with time and speaker · `srt` SubRip and `vtt` WebVTT, subtitles for the recording. All but JSON name the agent where several spoke, say of a turn that it was typed, cut off by the caller or by the end of the call, or not verified, and leave out control characters.',
    ),
});

/** Registers the route. */
export function transcriptRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<'getTranscript'>,
): void {
  endpoint(
    app,
    {
      method: 'get',
      tag: 'Calls',
      guard: guards.secret,
      path: '/v1/calls/{call_id}/transcript',
      summary: 'Read the transcript',
      description:
        "Times count from the call's `started_at`. Typed words are turns as well. While the call goes on, it is what was said so far.",
      params: callParams,
      query,
      answers: {
        200: {
          description: 'The turns in order',
          schema: transcriptAnswer,
          orAs: Object.values(MEDIA_TYPE),
        },
      },
      refusals: ['not_found'],
    },
    async ({ c, principal, param, query: { format = 'json' } }) => {
      const callId = param('call_id');
      const { call, transcript } = await verbs.getTranscript(principal, callId);
      if (format === 'json') return { call_id: callId, transcript };
      c.header('content-type', `${MEDIA_TYPE[format]}; charset=utf-8`);
      c.header('content-disposition', `attachment; filename="${callId}.${format}"`);
      if (format === 'txt') return transcriptText(call, transcript);
      return format === 'srt' ? subRip(call, transcript) : webVtt(call, transcript);
    },
  );
}
