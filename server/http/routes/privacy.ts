/** Erasing what was said, how long it is kept, and who read it. */
import { endpoint } from '../routing/endpoint.js';
import {
  auditPage,
  erasedCall,
  listAuditQuery,
  updateWorkspaceRequest,
  workspace,
} from '../schemas/audit.js';
import { callParams } from '../schemas/common.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type PrivacyVerb = 'eraseSensitiveData' | 'listAudit' | 'getWorkspace' | 'updateWorkspace';

/** Registers the routes. */
export function privacyRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<PrivacyVerb>,
): void {
  const common = { tag: 'Privacy', guard: guards.secret } as const;

  endpoint(
    app,
    {
      ...common,
      method: 'delete',
      path: '/v1/calls/{call_id}/sensitive-data',
      summary: 'Erase what was said in a call',
      description:
        'Recording, transcript, arguments and answers of functions, summary, sentiment, extraction fields, variables, the address of the page, what agents noted, what the device told, the comment of the feedback, and what the call is found by; for good. Who called whom and when, how it ended, cost, findings, metadata and consent stay. Refused while the call goes on. Safe to repeat, and never needed twice: a recording that cannot be removed now is removed later.',
      params: callParams,
      answers: { 200: { description: 'It is erased', schema: erasedCall } },
      refusals: ['not_found', 'conflict'],
    },
    ({ principal, param }) => verbs.eraseSensitiveData(principal, param('call_id')),
  );

  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/audit',
      summary: 'List who read or erased what was said',
      description: 'Newest first. Rows stay when the call is erased, and cannot be changed.',
      query: listAuditQuery,
      answers: { 200: { description: 'A page of the audit', schema: auditPage } },
    },
    ({ principal, query: { limit, cursor, ...filters } }) =>
      verbs.listAudit(principal, filters, { limit, cursor }),
  );

  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/workspace',
      summary: 'Read the workspace',
      answers: { 200: { description: 'The workspace', schema: workspace } },
      refusals: ['not_found'],
    },
    ({ principal }) => verbs.getWorkspace(principal),
  );

  endpoint(
    app,
    {
      ...common,
      method: 'patch',
      path: '/v1/workspace',
      summary: 'Change how long things are kept',
      description:
        'What is older is erased within minutes, for good; an audit row tells of each call.',
      body: { schema: updateWorkspaceRequest },
      answers: { 200: { description: 'The workspace', schema: workspace } },
      refusals: ['not_found'],
    },
    ({ principal, body }) => verbs.updateWorkspace(principal, body),
  );
}
