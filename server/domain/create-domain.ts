/** Every verb of the domain, bound to its ports: what routes and loops call. */
import { createAgent, getAgent, listAgents, updateAgent } from './agents/agent-verbs.js';
import { readWidget } from './agents/read-widget.js';
import {
  diffVersions,
  getVersion,
  listVersions,
  publishVersion,
  updateVersion,
} from './agents/version-verbs.js';
import { afterCalls } from './analysis/after-calls.js';
import { analyseCall } from './analysis/analyse-call.js';
import { analyzeCall, analyzeCalls } from './analysis/request-analysis.js';
import { closeDueCalls, endOpenCalls } from './calls/close-due-calls.js';
import { createWebCall } from './calls/create-web-call.js';
import {
  getCall,
  getRecording,
  getTimeline,
  getTranscript,
  listCalls,
} from './calls/read-calls.js';
import { resumeWebCall, tryMedia } from './calls/media-grant.js';
import {
  checkCaller,
  getWebCall,
  leavePage,
  originOfCall,
  terminateByApi,
  terminateByCaller,
} from './calls/terminate-call.js';
import { noteFindings } from './calls/note-findings.js';
import { callStatistics } from './history/call-statistics.js';
import { exportCalls } from './history/export-calls.js';
import { createLiveCalls } from './live/live-calls.js';
import { cleanUp } from './idempotency/clean-up.js';
import { idempotent } from './idempotency/idempotent.js';
import { giveFeedback } from './evidence/give-feedback.js';
import { reportClient } from './evidence/report-client.js';
import { checkOpenJob } from './jobs/check-open-job.js';
import { claimJob } from './jobs/claim-job.js';
import { reportEvents } from './jobs/report-events.js';
import { reportOutcome } from './jobs/report-outcome.js';
import { transferJob } from './jobs/transfer-job.js';
import { createApiKey, listApiKeys, revokeApiKey, updateApiKey } from './keys/api-key-verbs.js';
import { listAudit } from './audit/audit.js';
import { eraseSensitiveData } from './privacy/erase-sensitive-data.js';
import { eraseOld, getWorkspace, updateWorkspace } from './privacy/retention.js';
import { authenticate } from './keys/authenticate.js';
import { appendRecording } from './recordings/append-recording.js';
import { openRecording } from './recordings/open-recording.js';
import { createRoomTranscripts } from './room-transcripts/room-transcripts.js';
import { applyRoomEvent } from './rooms/apply-room-event.js';
import { closeTrials } from './rooms/close-trials.js';
import { reconcile } from './rooms/reconcile.js';
import { checkReporter } from './tokens/find-job.js';
import { traceCall } from './tracing/trace-call.js';
import {
  getDelivery,
  listDeliveries,
  redeliverOne,
  redeliverRange,
} from './webhooks/delivery-verbs.js';
import { createWebhookDeliveries } from './webhooks/webhook-deliveries.js';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  pauseWebhook,
  resumeWebhook,
  rotateWebhook,
  testWebhook,
  updateWebhook,
} from './webhooks/webhook-verbs.js';
import type { AfterCallStep } from './analysis/after-calls.js';
import type { DomainPorts } from './ports/domain-ports.js';
import type { RoomEvent } from './rooms/apply-room-event.js';

/** What is done once a call has ended, in this order. */
const AFTER_CALL: readonly AfterCallStep[] = [
  (ports, { call_id }) => noteFindings(ports, call_id),
  // Before the analysis, by which a repeat knows that it has been done.
  traceCall,
  analyseCall,
];

/** Every verb without its ports. */
export type Domain = ReturnType<typeof createDomain>;

/**
 * Binds the verbs to their ports.
 *
 * @example
 * const domain = createDomain({ store, media, objects, clock, ...rest });
 * await domain.closeDueCalls();
 */
export function createDomain(ports: DomainPorts) {
  const bind =
    <Rest extends unknown[], Answer>(verb: (ports: DomainPorts, ...rest: Rest) => Answer) =>
    (...rest: Rest): Answer =>
      verb(ports, ...rest);
  const transcripts = createRoomTranscripts(ports);
  const deliveries = createWebhookDeliveries(ports);
  const live = createLiveCalls(ports);

  return {
    authenticate: bind(authenticate),
    createApiKey: bind(createApiKey),
    listApiKeys: bind(listApiKeys),
    updateApiKey: bind(updateApiKey),
    revokeApiKey: bind(revokeApiKey),
    /** Origins of all keys that are live; for preflights. */
    knownOrigins: () => ports.store.publishableOrigins(),

    createAgent: bind(createAgent),
    listAgents: bind(listAgents),
    getAgent: bind(getAgent),
    updateAgent: bind(updateAgent),
    listVersions: bind(listVersions),
    getVersion: bind(getVersion),
    updateVersion: bind(updateVersion),
    publishVersion: bind(publishVersion),
    diffVersions: bind(diffVersions),
    readWidget: bind(readWidget),

    createWebCall: bind(createWebCall),
    terminateByApi: bind(terminateByApi),
    terminateByCaller: bind(terminateByCaller),
    getWebCall: bind(getWebCall),
    leavePage: bind(leavePage),
    resumeWebCall: bind(resumeWebCall),
    tryMedia: bind(tryMedia),
    reportClient: bind(reportClient),
    giveFeedback: bind(giveFeedback),
    checkCaller: bind(checkCaller),
    originOfCall: bind(originOfCall),
    listCalls: bind(listCalls),
    exportCalls: bind(exportCalls),
    callStatistics: bind(callStatistics),
    getCall: bind(getCall),
    getTranscript: bind(getTranscript),
    getTimeline: bind(getTimeline),
    getRecording: bind(getRecording),
    eraseSensitiveData: bind(eraseSensitiveData),
    eraseOld: bind(eraseOld),
    listAudit: bind(listAudit),
    getWorkspace: bind(getWorkspace),
    updateWorkspace: bind(updateWorkspace),
    followCall: live.follow,
    /** Ends every stream of a call that somebody follows here. */
    stopFollowing: () => live.stop(),
    openRecording: bind(openRecording),
    noteFindings: bind(noteFindings),
    /** For the figures of an operator; calls by status, without those in advance. */
    countStored: async () => ({
      calls: await ports.store.countCalls(),
      failedRemovals: await ports.store.countFailedRemovals(),
    }),

    checkOpenJob: bind(checkOpenJob),
    claimJob: (callId: string, agentToken: string) =>
      claimJob(ports, callId, agentToken, transcripts),
    checkReporter: bind(checkReporter),
    reportEvents: bind(reportEvents),
    transferJob: bind(transferJob),
    appendRecording: bind(appendRecording),
    reportOutcome: bind(reportOutcome),

    createWebhook: bind(createWebhook),
    listWebhooks: bind(listWebhooks),
    getWebhook: bind(getWebhook),
    updateWebhook: bind(updateWebhook),
    deleteWebhook: bind(deleteWebhook),
    testWebhook: bind(testWebhook),
    rotateWebhook: bind(rotateWebhook),
    pauseWebhook: bind(pauseWebhook),
    resumeWebhook: bind(resumeWebhook),
    listDeliveries: bind(listDeliveries),
    getDelivery: bind(getDelivery),
    redeliverOne: bind(redeliverOne),
    redeliverRange: bind(redeliverRange),
    /** Begins to send what webhooks are owed now. */
    deliverWebhooks: () => deliveries.round(),
    tidyWebhooks: () => deliveries.tidy(),
    /** Resolves when nothing is being sent any more. */
    stopWebhooks: () => deliveries.stop(),

    applyRoomEvent: (event: RoomEvent) => applyRoomEvent(ports, event, transcripts),
    reconcile: (thorough?: boolean) => reconcile(ports, thorough, transcripts),
    closeTrials: bind(closeTrials),
    closeDueCalls: bind(closeDueCalls),
    /** Does what is left for calls that have ended. */
    afterCalls: (signal?: AbortSignal) => afterCalls(ports, AFTER_CALL, signal),
    analyzeCall: bind(analyzeCall),
    analyzeCalls: bind(analyzeCalls),
    endOpenCalls: bind(endOpenCalls),
    idempotent: bind(idempotent),
    cleanUp: bind(cleanUp),
    /** One round of listening in the rooms of calls whose agent reports nothing. */
    listen: () => transcripts.round(),
    /** Leaves every room that is listened to. */
    stopListening: () => transcripts.stop(),
  };
}
