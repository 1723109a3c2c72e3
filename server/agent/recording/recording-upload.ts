/** Uploads the recording during the call: a chunk every two seconds, in order, retried until stored. */
import { RestError } from '../../../sdk/rest/core/rest-error.js';
import { retry } from '../../../sdk/rest/core/retry.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import { ChunkQueue } from './chunk-queue.js';
import { within } from '../providers/within.js';
import type { StereoTimeline } from './stereo-timeline.js';

const EVERY_MS = 2_000;
/** How long after its time a sound may still arrive at the timeline. */
const SETTLE_MS = 400;
const SLOWEST_RETRY_MS = 5_000;

/** A recording on its way. */
export interface RecordingUpload {
  /** Nothing that was heard later is handed in. Milliseconds of this clock. */
  endAt(moment: number): void;
  /** Hands in what is left; gives up after `ms`. */
  finish(ms: number): Promise<void>;
}

/**
 * `startedAt`: the first sample, in the server's clock. `isComplete` resolves when every sound has its place that is heard late:
 * nothing is handed in before.
 */
export function startRecordingUpload(
  timeline: StereoTimeline,
  jobs: AgentJobs,
  jobToken: string,
  startedAt: Date,
  onLost: (sentence: string) => void,
  isComplete: Promise<void> = Promise.resolve(),
): RecordingUpload {
  const queue = new ChunkQueue(() =>
    onLost('the recording has a silent part: its store was away for more than ten minutes'),
  );
  let seq = 0;
  const over = new AbortController();
  let endsAt = Infinity;
  let sending: Promise<void> | null = null;

  function take(until: number): void {
    const block = timeline.take(until);
    if (!over.signal.aborted) queue.push(block);
  }

  async function send(): Promise<void> {
    const { sampleRate } = timeline;
    for (let chunk = queue.first; chunk && !over.signal.aborted; chunk = queue.first) {
      const put = () => jobs.putRecording(jobToken, seq, chunk, { sampleRate, startedAt });
      try {
        await retry(put, { slowestMs: SLOWEST_RETRY_MS, signal: over.signal });
      } catch (error) {
        if (!over.signal.aborted) onLost(`the server refuses the recording: ${codeOf(error)}`);
        over.abort();
        return;
      }
      queue.dropFirst();
      seq += 1;
    }
  }

  function start(): Promise<void> {
    sending ??= send()
      .finally(() => {
        sending = null;
      })
      // What came while it was ending.
      .then(() => (queue.first && !over.signal.aborted ? start() : undefined));
    return sending;
  }

  let mayTake = false;
  void isComplete.then(() => (mayTake = true));
  const timer = setInterval(() => {
    if (!mayTake) return;
    take(Date.now() - SETTLE_MS);
    void start();
  }, EVERY_MS);

  return {
    endAt(moment) {
      clearInterval(timer);
      endsAt = moment;
    },
    async finish(ms) {
      clearInterval(timer);
      take(Math.min(Date.now(), endsAt));
      await within(start(), ms);
      over.abort();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof RestError ? error.code : String(error);
}
