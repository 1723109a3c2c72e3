// One agent worker: its socket, its load, and the jobs that it runs. Speaks LiveKit's agent protocol.
import {
  AvailabilityRequest,
  Job,
  JobAssignment,
  JobState,
  JobStatus,
  JobTermination,
  JobType,
  ParticipantPermission,
  RegisterWorkerResponse,
  ServerMessage,
  WorkerMessage,
  WorkerPong,
  WorkerStatus,
} from '@livekit/protocol';
import type {
  AvailabilityResponse,
  RegisterWorkerRequest,
  ServerInfo,
  SimulateJobRequest,
} from '@livekit/protocol';
import type { RawData, WebSocket } from 'ws';
import { mintToken } from '../access-token.js';
import type { KeyPair } from '../access-token.js';
import { newId } from '../ids.js';

/** What a worker tells the dispatcher. */
export interface WorkerEvents {
  registered(worker: AgentWorker): void;
  jobEnded(worker: AgentWorker, job: Job): void;
  /** `left`: the jobs that it was running. */
  closed(worker: AgentWorker, left: readonly Job[]): void;
}

const REGISTER_TIMEOUT_MS = 10_000;
const AVAILABILITY_TIMEOUT_MS = 10_000;
const TOKEN_SECONDS = 3600;
const LIVENESS_INTERVAL_MS = 5000;
const MAX_MESSAGES_PER_SECOND = 500;
/** How many jobs that a worker has asked for itself (`simulateJob`) it may leave unanswered. */
const MAX_SIMULATED_JOBS = 16;

/** A connected worker. Undecodable messages and floods close its socket, as in livekit-server. */
export class AgentWorker {
  readonly id = newId('AW_');
  readonly #socket: WebSocket;
  readonly #keys: KeyPair;
  readonly #serverInfo: ServerInfo;
  readonly #events: WorkerEvents;
  readonly #jobs = new Map<string, Job>();
  readonly #answers = new Map<string, (answer: AvailabilityResponse | undefined) => void>();
  readonly #deadline: NodeJS.Timeout;
  readonly #liveness: NodeJS.Timeout;
  #heardOf = true;
  #registration: RegisterWorkerRequest | undefined;
  #status = WorkerStatus.WS_AVAILABLE;
  #load = 0;
  #useJson = false;
  #closed = false;
  #windowStart = 0;
  #windowCount = 0;

  constructor(socket: WebSocket, keys: KeyPair, serverInfo: ServerInfo, events: WorkerEvents) {
    this.#socket = socket;
    this.#keys = keys;
    this.#serverInfo = serverInfo;
    this.#events = events;
    this.#deadline = setTimeout(() => socket.close(), REGISTER_TIMEOUT_MS);
    this.#liveness = setInterval(() => this.#checkLiveness(), LIVENESS_INTERVAL_MS);
    socket.on('pong', () => (this.#heardOf = true));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#finish());
  }

  get agentName(): string | undefined {
    return this.#registration?.agentName;
  }

  get namespace(): string {
    return this.#registration?.namespace ?? '';
  }

  /** Whether the worker has registered for jobs of this kind. */
  takes(job: Pick<Job, 'agentName' | 'type' | 'deployment'>): boolean {
    const own = this.#registration;
    return (
      own?.agentName === job.agentName && own.type === job.type && own.deployment === job.deployment
    );
  }

  /** The share of the worker's capacity that is free, from 0 (takes no jobs) to 1. */
  get capacity(): number {
    const available = this.#registration && this.#status === WorkerStatus.WS_AVAILABLE;
    return available && !this.#closed ? Math.max(0, 1 - this.#load) : 0;
  }

  /** Whether the worker takes jobs and reports a load below `load`, from 0 to 1. */
  isBelow(load: number): boolean {
    return this.capacity > 0 && this.#load < load;
  }

  /**
   * Offers a job; when the worker accepts and the job is still wanted, sends the assignment. Returns the running job,
   * or undefined.
   */
  async offer(job: Job, isWanted: () => boolean): Promise<Job | undefined> {
    const now = BigInt(Date.now()) * 1_000_000n;
    job.state = new JobState({
      status: JobStatus.JS_RUNNING,
      workerId: this.id,
      startedAt: now,
      updatedAt: now,
    });
    this.#send({ case: 'availability', value: new AvailabilityRequest({ job }) });
    const answer = await this.#awaitAnswer(job.id);
    if (!answer?.available || this.#closed) return undefined;
    job.state.participantIdentity = answer.participantIdentity;
    const token = await this.#jobToken(job, answer);
    if (this.#closed || !isWanted()) return undefined;
    this.#jobs.set(job.id, job);
    this.#send({ case: 'assignment', value: new JobAssignment({ job, token }) });
    return job;
  }

  /** Tells the worker to end a job, and counts the job as ended from then on. */
  terminate(jobId: string, status: JobStatus): void {
    const job = this.#jobs.get(jobId);
    if (!job?.state) return;
    this.#send({ case: 'termination', value: new JobTermination({ jobId }) });
    job.state.status = status;
    this.#endJob(job, BigInt(Date.now()) * 1_000_000n);
  }

  close(): void {
    this.#socket.close(1000);
    const timer = setTimeout(() => this.#socket.terminate(), 1000);
    timer.unref();
  }

  /**
   * Pings the worker, and closes a socket without answers: a worker whose network is gone would be offered jobs for
   * minutes.
   */
  #checkLiveness(): void {
    if (!this.#heardOf) {
      this.#socket.terminate();
      return;
    }
    this.#heardOf = false;
    this.#socket.ping();
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#heardOf = true;
    const now = Date.now();
    if (now - this.#windowStart > 1000) {
      this.#windowStart = now;
      this.#windowCount = 0;
    }
    this.#windowCount += 1;
    if (this.#windowCount > MAX_MESSAGES_PER_SECOND) {
      this.#socket.terminate();
      return;
    }
    const message = decode(data, isBinary);
    if (!message || !this.#isExpected(message.message)) {
      this.close();
      return;
    }
    this.#useJson = !isBinary;
    this.#handle(message.message);
  }

  /** Whether a message is allowed now: a worker registers first, and once; pings are always allowed. */
  #isExpected({ case: kind }: WorkerMessage['message']): boolean {
    if (kind === undefined) return false;
    return kind === 'ping' || (kind === 'register') !== (this.#registration !== undefined);
  }

  #handle(message: WorkerMessage['message']): void {
    switch (message.case) {
      case 'register':
        this.#register(message.value);
        break;
      case 'availability':
        this.#answers.get(message.value.jobId)?.(message.value);
        break;
      case 'updateWorker':
        if (message.value.status !== undefined) this.#status = message.value.status;
        if (Number.isFinite(message.value.load)) this.#load = message.value.load;
        break;
      case 'updateJob':
        this.#updateJob(message.value);
        break;
      case 'simulateJob':
        this.#simulate(message.value);
        break;
      case 'ping': {
        const timestamp = BigInt(Date.now());
        const value = new WorkerPong({ lastTimestamp: message.value.timestamp, timestamp });
        this.#send({ case: 'pong', value });
        break;
      }
      default:
        break;
    }
  }

  #register(request: RegisterWorkerRequest): void {
    clearTimeout(this.#deadline);
    this.#registration = request;
    const value = new RegisterWorkerResponse({ workerId: this.id, serverInfo: this.#serverInfo });
    this.#send({ case: 'register', value });
    this.#events.registered(this);
  }

  /** Starts a job that a developer asks for by hand. It belongs to no dispatch. */
  #simulate({ room, participant }: SimulateJobRequest): void {
    if (!room?.name || this.#answers.size >= MAX_SIMULATED_JOBS) return;
    const job = new Job({
      id: newId('AJ_'),
      type: participant ? JobType.JT_PUBLISHER : JobType.JT_ROOM,
      room,
      ...(participant ? { participant } : {}),
      namespace: this.namespace,
      agentName: this.agentName ?? '',
    });
    this.offer(job, () => true).catch(() => undefined);
  }

  #updateJob(update: { jobId: string; status: JobStatus; error: string }): void {
    const job = this.#jobs.get(update.jobId);
    if (!job?.state) return;
    const now = BigInt(Date.now()) * 1_000_000n;
    job.state.status = update.status;
    job.state.error = update.error.slice(0, 1024).replace(/[\ud800-\udbff]$/, '');
    job.state.updatedAt = now;
    if (update.status === JobStatus.JS_SUCCESS || update.status === JobStatus.JS_FAILED) {
      this.#endJob(job, now);
    }
  }

  #endJob(job: Job, now: bigint): void {
    if (job.state) job.state.endedAt = now;
    this.#jobs.delete(job.id);
    this.#events.jobEnded(this, job);
  }

  #awaitAnswer(jobId: string): Promise<AvailabilityResponse | undefined> {
    return new Promise((resolve) => {
      const settle = (answer: AvailabilityResponse | undefined): void => {
        clearTimeout(timer);
        this.#answers.delete(jobId);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(undefined), AVAILABILITY_TIMEOUT_MS);
      this.#answers.set(jobId, settle);
      if (this.#closed) settle(undefined);
    });
  }

  #jobToken(job: Job, answer: AvailabilityResponse): Promise<string> {
    const allowed =
      this.#registration?.allowedPermissions ??
      new ParticipantPermission({
        canSubscribe: true,
        canPublish: true,
        canPublishData: true,
        canUpdateMetadata: true,
      });
    const claims = {
      name: answer.participantName,
      metadata: answer.participantMetadata,
      attributes: { ...answer.participantAttributes, 'lk.agent_name': job.agentName },
      kind: 'agent',
      video: {
        roomJoin: true,
        agent: true,
        room: job.room?.name ?? '',
        canSubscribe: allowed.canSubscribe,
        canPublish: allowed.canPublish,
        canPublishData: allowed.canPublishData,
        canUpdateOwnMetadata: allowed.canUpdateMetadata,
        hidden: allowed.hidden,
      },
    };
    const expiresAt = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    return mintToken(claims, answer.participantIdentity, expiresAt, this.#keys);
  }

  #send(message: ServerMessage['message']): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const out = new ServerMessage({ message });
    this.#socket.send(this.#useJson ? out.toJsonString() : out.toBinary());
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#deadline);
    clearInterval(this.#liveness);
    for (const settle of [...this.#answers.values()]) settle(undefined);
    const now = BigInt(Date.now()) * 1_000_000n;
    const left = [...this.#jobs.values()];
    for (const job of left) {
      if (job.state) job.state.status = JobStatus.JS_FAILED;
      this.#endJob(job, now);
    }
    this.#events.closed(this, left);
  }
}

function decode(data: RawData, isBinary: boolean): WorkerMessage | undefined {
  try {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    return isBinary
      ? WorkerMessage.fromBinary(bytes)
      : WorkerMessage.fromJsonString(bytes.toString('utf8'), { ignoreUnknownFields: true });
  } catch {
    return undefined;
  }
}
