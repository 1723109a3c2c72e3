/** `/v1/agent-jobs/{call_id}/transfer`: a worker asks for the agent that is to go on with its call. */
import { endpoint } from '../routing/endpoint.js';
import { agentJobSuccessor, agentJobTransferRequest } from '../schemas/agent-job.js';
import { callParams } from '../schemas/common.js';
import { jobGuard } from '../access/job-guard.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

/** Registers the route. */
export function agentJobTransferRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<'checkReporter' | 'transferJob'>,
): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/agent-jobs/{call_id}/transfer',
      tag: 'Agent jobs',
      summary: 'Ask for the next agent',
      description:
        'Answers what the worker needs to go on as another agent of the workspace, within the same call: the newest published version. ' +
        'It has to be named by a `call_transfer` function of an agent of this call. Nothing is recorded yet: report a `transfer` event when it speaks, or when it came to nothing. ' +
        'The answer is `conflict` once a call has been transferred 10 times, and for an agent whose `max_call_duration_sec`, counted from the start of the call, is over.',
      params: callParams,
      guard: jobGuard(context, 'jobToken'),
      body: { schema: agentJobTransferRequest, mendsHalves: true },
      answers: { 200: { description: 'The next agent', schema: agentJobSuccessor } },
      refusals: [
        'token_invalid',
        'call_already_ended',
        'not_found',
        'version_not_published',
        'conflict',
      ],
    },
    ({ principal, param, body }) => {
      const callId = param('call_id');
      const { verbs, jobs } = context;
      return jobs.run(callId, principal, () => verbs.transferJob(callId, principal, body));
    },
  );
}
