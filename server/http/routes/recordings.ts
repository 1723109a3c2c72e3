/** `/v1/recordings/{call_id}`: the file of a recording, by a signed link that expires. Serves single byte ranges. */
import { z } from '@hono/zod-openapi';
import { endpoint, reply } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { recordingPolicy } from '../pages/page-policy.js';
import { parseRange } from '../request/byte-range.js';
import { callParams } from '../schemas/common.js';
import { verifyRecordingLink } from '../links/recording-link.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

const query = z.strictObject({
  expires: z
    .string()
    .regex(/^\d{1,12}$/)
    .describe('When the link expires, in seconds since 1970.'),
  signature: z.string().max(100).describe('The signature of the server.'),
});

/** Registers the route. */
export function recordingRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards, linkSecret }: RouteContext<'openRecording'>,
): void {
  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/recordings/{call_id}',
      tag: 'Calls',
      summary: 'Fetch a recording by its signed link',
      description:
        'The link is in the call record. Whoever has it may fetch the file, also pages of any origin. Serves single byte ranges.',
      guard: guards.open,
      params: callParams,
      query,
      answers: {
        200: { description: 'The whole file', mediaType: 'audio/wav' },
        206: { description: 'A range of it', mediaType: 'audio/wav' },
        416: { description: 'The range lies outside the file' },
      },
      refusals: ['token_invalid', 'token_expired', 'not_found', 'storage_unavailable'],
    },
    async ({ c, query: link, param }) => {
      const callId = param('call_id');
      const verdict = verifyRecordingLink(linkSecret, callId, link, new Date());
      if (verdict === 'forged') throw HttpError.tokenInvalid();
      if (verdict === 'expired') throw HttpError.tokenExpired();
      const file = await verbs.openRecording(callId, c.get('address'));
      if (!file) throw HttpError.notFound();

      c.header('accept-ranges', 'bytes');
      c.header('content-type', file.contentType);
      c.header('content-disposition', `inline; filename="${callId}.wav"`);
      c.header('cache-control', 'private, max-age=0');
      c.header('content-security-policy', recordingPolicy);
      const range = parseRange(c.req.header('range'), file.size);
      if (range === 'unsatisfiable') {
        c.header('content-range', `bytes */${file.size}`);
        return reply(416, null);
      }
      const { start, end } = range ?? { start: 0, end: file.size - 1 };
      c.header('content-length', String(end - start + 1));
      if (range) c.header('content-range', `bytes ${start}-${end}/${file.size}`);
      const body = c.req.method === 'HEAD' ? null : await file.read(start, end);
      return reply(range ? 206 : 200, body);
    },
  );
}
