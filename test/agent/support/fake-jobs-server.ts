/** The server's `/v1/agent-jobs`, kept in memory, typed by the wire; it can be away, and it can refuse. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsRequest,
  AgentJobOutcome,
  AgentJobSuccessor,
  AgentJobTransferRequest,
  AgentJobTurn,
} from '../../../sdk/wire/agent-job.js';
import type { EndReason } from '../../../sdk/wire/call-status.js';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { fallbacksOf } from '../../../server/domain/agents/fallbacks-of.js';
import { workshopSettings } from './workshop-settings.js';

/** What one call's agent told. */
export interface ToldCall {
  callId: string;
  settings: VersionSettings;
  roomName: string;
  /** It has ended: no agent is wanted any more. */
  isOver: boolean;
  /** How often a worker asked whether it is. */
  asked: number;
  claims: number;
  livekitToken: string;
  events: AgentJobEvent[];
  /** Numbers as they came, repeats included. */
  seqs: number[];
  chunks: Buffer[];
  recordingHeaders: IncomingMessage['headers'] | null;
  outcomes: AgentJobOutcome[];
  /** Versions of agents that the call may be handed to, by their ids; and what the worker asked for. */
  others: Map<string, VersionSettings>;
  transfers: AgentJobTransferRequest[];
  /** Why the call ended by its record, where that is not what the agent said. */
  recordedReason: EndReason | null;
  /** Whose trace the agent is to join; and whether anything may be kept. */
  traceparent: string | null;
  record: boolean;
  /** Whether it is typed only. */
  text_only: boolean;
}

/** A server that only answers agents. */
export class FakeJobsServer {
  readonly calls = new Map<string, ToldCall>();
  /** While true, every connection is dropped without an answer. */
  away = false;
  /** While true, recordings cannot be stored. */
  storeAway = false;
  /** Requests that met nobody. */
  dropped = 0;
  readonly #server: Server;
  #count = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async open(): Promise<FakeJobsServer> {
    const fake = new FakeJobsServer();
    await new Promise<void>((resolve) => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A call that waits for its agent. */
  newCall(settings: Partial<VersionSettings> = {}): { callId: string; told: ToldCall } {
    this.#count += 1;
    const callId = `call_test${this.#count}`;
    const told: ToldCall = {
      callId,
      settings: workshopSettings(settings),
      roomName: `call_room_${callId}`,
      isOver: false,
      asked: 0,
      claims: 0,
      livekitToken: '',
      events: [],
      seqs: [],
      chunks: [],
      recordingHeaders: null,
      outcomes: [],
      others: new Map(),
      transfers: [],
      recordedReason: null,
      traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
      record: true,
      text_only: false,
    };
    this.calls.set(callId, told);
    return { callId, told };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [, callId = '', verb = '', number = ''] =
      /^\/v1\/agent-jobs\/(\w+)\/?(\w*)\/?(\d*)$/.exec(request.url ?? '') ?? [];
    const told = this.calls.get(callId);
    if (this.away) {
      this.dropped += 1;
      request.socket.destroy();
      return;
    }
    const answer = (status: number, body?: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const refuse = (statusCode: number, code: string): void =>
      answer(statusCode, { statusCode, code, message: '' });
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const body = Buffer.concat(parts);
    if (!told) refuse(404, 'not_found');
    else if (verb === '') {
      told.asked += 1;
      if (told.isOver) refuse(409, 'call_already_ended');
      else answer(204);
    } else if (verb === 'claim') answer(200, claim(callId, told, token));
    else if (token !== `job-token-${callId}`) refuse(401, 'token_invalid');
    else if (verb === 'transfer') {
      const asked = JSON.parse(body.toString()) as AgentJobTransferRequest;
      told.transfers.push(asked);
      const next = successor(told, asked);
      if (next) answer(200, next);
      else refuse(409, 'version_not_published');
    } else if (verb === 'events') answer(200, keepEvents(told, body));
    else if (verb === 'recording' && this.storeAway) refuse(503, 'storage_unavailable');
    else if (verb === 'recording') answer(200, keepChunk(told, Number(number), body, request));
    else {
      const outcome = JSON.parse(body.toString()) as AgentJobOutcome;
      told.outcomes.push(outcome);
      const end_reason = told.recordedReason ?? outcome.end_reason;
      answer(200, { call_id: callId, status: 'completed', end_reason, ended_at: null });
    }
  }
}

/** The turns among the events. */
export function turnsOf(told: ToldCall): AgentJobTurn[] {
  return told.events.filter((event) => event.type === 'turn');
}

function claim(callId: string, told: ToldCall, token: string): AgentJob {
  told.claims += 1;
  told.livekitToken = token;
  return {
    call_id: callId,
    job_token: `job-token-${callId}`,
    room_name: told.roomName,
    caller_identity: 'caller',
    agent_id: 'agent_1',
    agent_name: 'Workshop',
    agent_version_id: 'av_1',
    agent_version_number: 1,
    settings: told.settings,
    fallbacks: fallbacksOf(told.settings).fallbacks,
    variables: {},
    record: told.record,
    text_only: told.text_only,
    traceparent: told.traceparent,
    server_time: new Date().toISOString(),
  };
}

function successor(
  told: ToldCall,
  { agent_id, variables = {} }: AgentJobTransferRequest,
): AgentJobSuccessor | null {
  const settings = told.others.get(agent_id);
  if (!settings) return null;
  return {
    agent_id,
    agent_name: 'The other one',
    agent_version_id: 'av_2',
    agent_version_number: 3,
    settings,
    fallbacks: fallbacksOf(settings).fallbacks,
    variables,
  };
}

function keepEvents(told: ToldCall, body: Buffer): { next_seq: number } {
  const { events } = JSON.parse(body.toString()) as AgentJobEventsRequest;
  for (const event of events) {
    told.seqs.push(event.seq);
    if (event.seq === told.events.length + 1) told.events.push(event);
  }
  return { next_seq: told.events.length + 1 };
}

function keepChunk(
  told: ToldCall,
  seq: number,
  body: Buffer,
  request: IncomingMessage,
): { next_seq: number } {
  told.recordingHeaders ??= request.headers;
  if (seq === told.chunks.length) told.chunks.push(body);
  return { next_seq: told.chunks.length };
}
