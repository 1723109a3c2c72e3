/** The agent worker as it ships on the media server as it ships, and callers for it: started before a file's tests, gone after them. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { startEmbedded } from '../../embedded/support/embedded-process.js';
import type { EmbeddedProcess } from '../../embedded/support/embedded-process.js';
import { waitFor } from '../../support/wait-for.js';
import { OtlpCollector } from '../../support/otlp-collector.js';
import { FakeJobsServer } from './fake-jobs-server.js';
import type { ToldCall } from './fake-jobs-server.js';
import { SpokenCaller } from './spoken-caller.js';
import { startWorker } from './worker-process.js';
import type { WorkerProcess } from './worker-process.js';

/** How long a test with a call may take. */
export const CALL_TEST_MS = 100_000;

/** A caller, and what the worker has told of the call. */
export interface CallerOfWorker {
  caller: SpokenCaller;
  told: ToldCall;
}

/** One worker, one media server, one server that the worker tells everything. */
export class WorkerRig {
  media!: EmbeddedProcess;
  jobs!: FakeJobsServer;
  worker!: WorkerProcess;
  /** Where the worker's traces go. */
  collector!: OtlpCollector;
  private readonly callers: SpokenCaller[] = [];

  /** Registers the hooks of the file that calls it. */
  static forThisFile(): WorkerRig {
    const rig = new WorkerRig();
    beforeAll(() => rig.open(), 60_000);
    afterEach(() => rig.rest());
    afterAll(() => rig.close());
    return rig;
  }

  private async open(): Promise<void> {
    this.collector = await OtlpCollector.open();
    this.jobs = await FakeJobsServer.open();
    this.media = await startEmbedded();
    this.worker = await this.newWorker();
  }

  private async rest(): Promise<void> {
    this.jobs.away = false;
    this.jobs.storeAway = false;
    this.collector.mood = 'takes';
    for (const caller of this.callers.splice(0)) await caller.leave();
  }

  private async close(): Promise<void> {
    await this.worker?.stop();
    await this.media?.stop();
    await this.jobs?.close();
    await this.collector?.close();
  }

  newWorker(more: Record<string, string> = {}): Promise<WorkerProcess> {
    const { media, jobs, collector } = this;
    return startWorker({
      LIVEKIT_URL: media.wsUrl,
      DIALNEXA_SERVER_URL: jobs.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ...more,
    });
  }

  async call(
    settings: Partial<VersionSettings> = {},
    early?: string | null,
    kind: Pick<Partial<ToldCall>, 'text_only'> = {},
  ): Promise<CallerOfWorker> {
    const { callId, told } = this.jobs.newCall(settings);
    Object.assign(told, kind);
    const address = { url: this.media.wsUrl, roomName: told.roomName, callId };
    const caller = await SpokenCaller.join(address, { early });
    caller.explain = () => `${JSON.stringify(told.claims)}\n${this.output()}`;
    this.callers.push(caller);
    return { caller, told };
  }

  /** A call whose agent has said its welcome. */
  async welcomed(settings: Partial<VersionSettings> = {}): Promise<CallerOfWorker> {
    const both = await this.call(settings);
    const speaking = await both.caller.agentIs('speaking', 0, 30_000);
    await both.caller.agentIs('listening', speaking);
    return both;
  }

  outcome(told: ToldCall, timeoutMs = 15_000): Promise<ToldCall['outcomes'][number]> {
    const found = waitFor(() => told.outcomes[0], { what: 'the outcome', timeoutMs });
    return found.catch((cause: unknown) => {
      throw new Error(`no outcome\n${this.output()}`, { cause });
    });
  }

  private output(): string {
    return `${this.worker.output()}\n${this.media.output()}`;
  }
}
