/** What verbs answer, whole: answers are held against the document. */
import type { Agent } from '../../sdk/wire/agent.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';

export const GRANT: CreateWebCallResponse = {
  call_id: 'call_1',
  type: 'web',
  status: 'created',
  agent_id: 'agent_1',
  agent_name: 'Front desk',
  agent_version_id: 'av_1',
  agent_version_number: 1,
  server_url: 'ws://127.0.0.1:7880',
  access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
  call_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ5In0.c2ln',
  expires_at: '2036-11-23T10:00:00.000Z',
};

export const AGENT: Agent = {
  id: 'agent_1',
  title: 'Front desk',
  created_at: '2026-11-23T10:00:00.000Z',
  updated_at: '2026-11-23T10:00:00.000Z',
  current_version_number: null,
  current_version_id: null,
  draft_version_number: 1,
};
