/** Every verb of the domain, bound to its ports: the door that routes and loops come through. */
import { createAgent, getAgent, listAgents, updateAgent } from './agents/agent-verbs.js';
import {
  diffVersions,
  getVersion,
  listVersions,
  publishVersion,
  updateVersion,
} from './agents/version-verbs.js';
import { closeDueCalls, endOpenCalls } from './calls/close-due-calls.js';
import { createWebCall } from './calls/create-web-call.js';
import { getCall, getTimeline, getTranscript, listCalls } from './calls/read-calls.js';
import {
  checkCaller,
  getWebCall,
  originOfCall,
  terminateByApi,
  terminateByCaller,
} from './calls/terminate-call.js';
import { appendRecording } from './recordings/append-recording.js';
import { checkOpenJob } from './jobs/check-open-job.js';
import { claimJob } from './jobs/claim-job.js';
import { checkReporter } from './tokens/find-job.js';
import { openRecording } from './recordings/open-recording.js';
import { reportEvents } from './jobs/report-events.js';
import { reportOutcome } from './jobs/report-outcome.js';
import { createApiKey, listApiKeys, revokeApiKey, updateApiKey } from './keys/api-key-verbs.js';
import { authenticate } from './keys/authenticate.js';
import { createRoomTranscripts } from './room-transcripts/room-transcripts.js';
import { reconcile } from './rooms/reconcile.js';
import { applyRoomEvent } from './rooms/apply-room-event.js';
import { idempotent } from './idempotency/idempotent.js';
import type { DomainPorts } from './ports/domain-ports.js';

const REMEMBER_MS = 24 * 3_600_000;

const verbs = {
  authenticate,
  createApiKey,
  listApiKeys,
  updateApiKey,
  revokeApiKey,
  createAgent,
  listAgents,
  getAgent,
  updateAgent,
  listVersions,
  getVersion,
  updateVersion,
  publishVersion,
  diffVersions,
  createWebCall,
  terminateByApi,
  terminateByCaller,
  getWebCall,
  checkCaller,
  originOfCall,
  listCalls,
  getCall,
  getTranscript,
  getTimeline,
  openRecording,
  checkOpenJob,
  claimJob,
  checkReporter,
  reportEvents,
  appendRecording,
  reportOutcome,
  applyRoomEvent,
  idempotent,
  reconcile,
  closeDueCalls,
  endOpenCalls,
  knownOrigins: (ports: DomainPorts) => ports.store.liveOrigins(ports.clock.now()),
  countCalls: (ports: DomainPorts) => ports.store.countCalls(),
  cleanUp: (ports: DomainPorts) =>
    ports.store.forgetBefore(new Date(ports.clock.now().getTime() - REMEMBER_MS)),
};

type Bound<T> = {
  [K in keyof T]: T[K] extends (ports: DomainPorts, ...rest: infer R) => infer A
    ? (...rest: R) => A
    : never;
};

/** Every verb without its first argument. */
export type Domain = Bound<typeof verbs> & {
  /** One round of listening in the rooms of calls whose agent reports nothing. */
  listen(): Promise<void>;
  /** Leaves every room that is listened to. */
  stopListening(): Promise<void>;
};

/**
 * Binds the verbs to their ports.
 *
 * @example
 * const domain = createDomain({ store, media, objects, clock, ...rest });
 * await domain.closeDueCalls();
 */
export function createDomain(ports: DomainPorts): Domain {
  const bound = Object.entries(verbs).map(([name, verb]) => [
    name,
    (...rest: unknown[]) => (verb as (...all: unknown[]) => unknown)(ports, ...rest),
  ]);
  // Each entry is the verb of the same name with its first argument filled in.
  const domain = Object.fromEntries(bound) as Bound<typeof verbs>;
  const listening = createRoomTranscripts(ports);
  return {
    ...domain,
    applyRoomEvent: async (hint) => {
      const call = await domain.applyRoomEvent(hint);
      if (!call) return null;
      const { event, participant } = hint;
      // The media server's hint waits for neither.
      if (event === 'room_started') void listening.anticipate(call.id);
      if (event !== 'participant_joined' || !participant) return call;
      const isOfTheCall =
        participant.kind === 'agent' || participant.identity === call.caller_identity;
      if (isOfTheCall) void listening.begin(call.id);
      return call;
    },
    reconcile: (thorough) => reconcile(ports, thorough, (callId) => void listening.begin(callId)),
    claimJob: async (callId, agentToken) => {
      const job = await domain.claimJob(callId, agentToken);
      void listening.leave(callId);
      return job;
    },
    listen: () => listening.round(),
    stopListening: () => listening.stop(),
  };
}
