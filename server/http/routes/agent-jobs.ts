/** `/v1/agent-jobs`: a worker claims the job of a call, then reports events, the recording and the outcome. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { readBody } from '../request/read-body.js';
import { validate } from '../request/validate.js';
import {
  agentJob,
  agentJobEventsRequest,
  agentJobOutcome,
  nextSeqAnswer,
} from '../schemas/agent-job.js';
import { callParams, instant, writtenWhole } from '../schemas/common.js';
import { terminateWebCallResponse } from '../schemas/web-call.js';
import { jobGuard } from '../access/job-guard.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type JobVerb =
  | 'checkOpenJob'
  | 'claimJob'
  | 'checkReporter'
  | 'reportEvents'
  | 'appendRecording'
  | 'reportOutcome';

/** Bytes of one chunk of the recording: 1 MiB, which is 5.5 s of stereo at 48 kHz. */
const CHUNK_LIMIT = 1_048_576;
/** Bytes of one batch of events: 100 turns of full length would be 2 MB, and parsing them would block other requests. */
const EVENTS_LIMIT = 1_048_576;
const chunkParams = callParams.extend({
  seq: z.string().describe('The number of the chunk within the recording, from 0.'),
});
const chunkHeaders = z.object({
  'x-sample-rate': writtenWhole(
    8_000,
    48_000,
    'The sample rate of the chunk, in Hz. 8,000–48,000.',
  ),
  'x-started-at': instant
    .optional()
    .describe(
      'When the first sample of chunk 0 was heard. ISO 8601 with an offset. Default: the time at which the server has received it, less its length.',
    ),
});
const refusals = ['token_invalid', 'call_already_ended'] as const;

/** Registers the routes. */
export function agentJobRoutes(app: OpenAPIHono<HttpEnv>, context: RouteContext<JobVerb>): void {
  const { verbs, jobs } = context;
  const common = { method: 'post', tag: 'Agent jobs', params: callParams } as const;

  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/agent-jobs/{call_id}',
      summary: 'Ask whether the call waits for an agent',
      description:
        'For a worker that is offered a job, before it accepts. Authorised by any LiveKit token of kind `agent` for the room.',
      guard: jobGuard(context, 'livekitToken'),
      answers: { 204: { description: 'The call is open, and no other agent has claimed its job' } },
      refusals: [...refusals, 'conflict'],
    },
    async ({ principal, param }) => {
      await verbs.checkOpenJob(param('call_id'), principal);
      return null;
    },
  );
  endpoint(
    app,
    {
      ...common,
      path: '/v1/agent-jobs/{call_id}/claim',
      summary: 'Claim the job',
      description:
        'Answers what the worker needs to answer the call. Authorised by the token that LiveKit gave the worker for this room. The same worker may claim again and receives a new token; any other one is refused with `conflict`.',
      guard: jobGuard(context, 'livekitToken'),
      answers: {
        200: { description: 'The job, and the token for its reports', schema: agentJob },
      },
      refusals: [...refusals, 'conflict'],
    },
    ({ principal, param }) => {
      const callId = param('call_id');
      return jobs.run(callId, principal, () => verbs.claimJob(callId, principal));
    },
  );
  endpoint(
    app,
    {
      ...common,
      path: '/v1/agent-jobs/{call_id}/events',
      summary: 'Report events',
      description:
        'Turns, function calls and other events of the call. At most 100 events and 1 MiB a request.',
      guard: jobGuard(context, 'jobToken'),
      body: { schema: agentJobEventsRequest, limit: EVENTS_LIMIT, mendsHalves: true },
      answers: { 200: { description: 'What is stored', schema: nextSeqAnswer } },
      refusals,
    },
    ({ principal, param, body: { events } }) => {
      const callId = param('call_id');
      return jobs.run(callId, principal, () => verbs.reportEvents(callId, principal, events));
    },
  );
  endpoint(
    app,
    {
      ...common,
      path: '/v1/agent-jobs/{call_id}/outcome',
      summary: 'Report the outcome',
      description:
        'The last request of a job: the server ends the call, unless it has ended already, and answers how it ended. ' +
        '`end_reason` is null while a caller who left may still come back.',
      guard: jobGuard(context, 'jobToken'),
      body: { schema: agentJobOutcome, mendsHalves: true },
      answers: { 200: { description: 'How it ended', schema: terminateWebCallResponse } },
      refusals,
    },
    ({ principal, param, body }) => {
      const callId = param('call_id');
      return jobs.run(callId, principal, () => verbs.reportOutcome(callId, principal, body));
    },
  );
  chunkRoute(app, context);
}

function chunkRoute(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<'appendRecording' | 'checkReporter'>,
): void {
  endpoint(
    app,
    {
      method: 'put',
      path: '/v1/agent-jobs/{call_id}/recording/{seq}',
      tag: 'Agent jobs',
      summary: 'Append to the recording',
      description:
        '16-bit little-endian stereo PCM: left the caller, right the agent. At most 1 MiB a chunk. A chunk that is stored already changes nothing.',
      guard: jobGuard(context, 'jobToken'),
      params: chunkParams,
      headers: chunkHeaders,
      rawBody: 'audio/pcm',
      answers: { 200: { description: 'What is stored', schema: nextSeqAnswer } },
      refusals: [
        ...refusals,
        'validation_failed',
        'conflict',
        'body_too_large',
        'unsupported_media_type',
        'storage_unavailable',
      ],
    },
    async ({ c, principal, param }) => {
      const seq = param('seq');
      if (!/^\d{1,7}$/.test(seq)) throw HttpError.validationFailed(['seq must be a number.']);
      const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'audio/pcm') throw HttpError.unsupportedMediaType('audio/pcm');
      const headers = readHeaders(c);
      const pcm = await readBody(c.req.raw, CHUNK_LIMIT);
      if (pcm.byteLength % 4 !== 0) {
        throw HttpError.validationFailed(['The body must be whole 16-bit stereo samples.']);
      }
      const chunk = {
        seq: Number(seq),
        pcm,
        sampleRate: headers['x-sample-rate'],
        startedAt: headers['x-started-at'] ?? null,
      };
      const callId = param('call_id');
      const append = () => context.verbs.appendRecording(callId, principal, chunk);
      return context.jobs.run(callId, principal, append);
    },
  );
}

function readHeaders(c: Context<HttpEnv>): z.output<typeof chunkHeaders> {
  return validate(chunkHeaders, {
    'x-sample-rate': c.req.header('x-sample-rate'),
    'x-started-at': c.req.header('x-started-at'),
  });
}
