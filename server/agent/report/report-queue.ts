/** Sends the agent's reports to the server in order and in batches, and retries while the server is unavailable. */
import { RestError } from '../../../sdk/rest/core/rest-error.js';
import { retry } from '../../../sdk/rest/core/retry.js';
import { within } from '../providers/within.js';
import { withoutNul } from './without-nul.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobEvent } from '../../../sdk/wire/agent-job.js';

const BATCH = 50;
const LONGEST_QUEUE = 5_000;
const GATHER_MS = 100;
const SLOWEST_RETRY_MS = 5_000;
/** Answers after which no event can succeed: the job or its token is unknown, refused, or over. */
const FINAL_STATUS: readonly number[] = [401, 403, 404, 409];

/** An event without the number that the queue gives it. */
export type UnnumberedEvent = AgentJobEvent extends infer E
  ? E extends AgentJobEvent
    ? Omit<E, 'seq'>
    : never
  : never;

/** Takes events, and sends them. */
export interface ReportQueue {
  push(event: UnnumberedEvent): void;
  /** Resolves when everything is stored, or after `ms`. */
  flush(ms: number): Promise<void>;
}

/** `onLost` is told in one sentence of every event that the server does not take, and once when it takes no more. */
export function openReportQueue(
  jobs: AgentJobs,
  jobToken: string,
  onLost: (sentence: string) => void,
): ReportQueue {
  const queue: AgentJobEvent[] = [];
  let nextSeq = 1;
  let running: Promise<void> | null = null;
  let isOver = false;

  async function send(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    for (let most = BATCH; queue.length > 0 && !isOver;) {
      const batch = queue.slice(0, most);
      try {
        const events = withoutNul(batch);
        await retry(() => jobs.reportEvents(jobToken, events), { slowestMs: SLOWEST_RETRY_MS });
        queue.splice(0, batch.length);
      } catch (error) {
        // What no request can be made of is spoilt as well.
        const why = error instanceof RestError ? error.code : String(error);
        if (error instanceof RestError && FINAL_STATUS.includes(error.status)) {
          isOver = true;
          onLost(`the server refuses reports: ${why}`);
          return;
        }
        // One event spoils the batch: halves of halves find it, and the others are told.
        most = Math.ceil(batch.length / 2);
        if (batch.length > 1) continue;
        queue.shift();
        most = BATCH;
        onLost(`the server does not take an event of type ${batch[0]?.type}: ${why}`);
      }
    }
  }

  function start(): Promise<void> {
    running ??= send()
      .finally(() => {
        running = null;
      })
      // What came while it was ending.
      .then(() => (queue.length > 0 && !isOver ? start() : undefined));
    return running;
  }

  return {
    push(event) {
      if (isOver || queue.length >= LONGEST_QUEUE) return;
      queue.push({ ...event, seq: nextSeq });
      nextSeq += 1;
      void start();
    },
    async flush(ms) {
      const deadline = Date.now() + ms;
      while (queue.length > 0 && !isOver && Date.now() < deadline) {
        await within(start(), Math.max(0, deadline - Date.now()));
      }
    },
  };
}
