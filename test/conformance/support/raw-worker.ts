/** An agent worker made of a bare socket, which answers as a test tells it to. */
import {
  AvailabilityResponse,
  RegisterWorkerRequest,
  ServerMessage,
  WorkerMessage,
  WorkerStatus,
} from '@livekit/protocol';
import type { Job, JobAssignment, JobTermination, RegisterWorkerResponse } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import type WebSocket from 'ws';
import { waitFor } from '../../support/wait-for.js';
import type { MediaServer } from './media-server.js';
import { openSocket } from './raw-socket.js';

/** What a worker says to an offered job. */
export type Answer =
  'accept' | 'refuse' | 'silence' | 'die' | ConstructorParameters<typeof AvailabilityResponse>[0];

/** What a worker is like. */
export interface RawWorkerOptions {
  name?: string;
  answer?: Answer;
  /** Speaks JSON instead of protobuf. */
  json?: boolean;
  register?: ConstructorParameters<typeof RegisterWorkerRequest>[0];
}

/** A token that opens the worker socket. */
export async function workerToken(
  server: Pick<MediaServer, 'apiKey' | 'apiSecret'>,
): Promise<string> {
  const token = new AccessToken(server.apiKey, server.apiSecret, { identity: 'worker' });
  token.addGrant({ agent: true });
  return token.toJwt();
}

/** One connected worker; it registers by itself. */
export class RawWorker {
  readonly socket: WebSocket;
  readonly offers: Job[] = [];
  readonly assignments: JobAssignment[] = [];
  readonly terminations: JobTermination[] = [];
  readonly pongs: bigint[] = [];
  registered: RegisterWorkerResponse | undefined;
  answer: Answer;
  readonly #json: boolean;

  private constructor(socket: WebSocket, options: RawWorkerOptions) {
    this.socket = socket;
    this.answer = options.answer ?? 'accept';
    this.#json = options.json ?? false;
    socket.on('message', (data: Buffer, isBinary) => {
      const message = isBinary
        ? ServerMessage.fromBinary(data)
        : ServerMessage.fromJsonString(data.toString('utf8'));
      this.#take(message.message);
    });
  }

  /** Connects a worker and waits until it is registered. */
  static async start(
    server: Pick<MediaServer, 'wsUrl' | 'apiKey' | 'apiSecret'>,
    options: RawWorkerOptions = {},
  ): Promise<RawWorker> {
    const token = await workerToken(server);
    const worker = new RawWorker(
      await openSocket(`${server.wsUrl}/agent?access_token=${token}`),
      options,
    );
    const request = { agentName: options.name ?? 'raw', version: '1.0.0', ...options.register };
    worker.send({ case: 'register', value: new RegisterWorkerRequest(request) });
    await waitFor(() => worker.registered, { what: 'the registration' });
    return worker;
  }

  send(message: WorkerMessage['message']): void {
    const out = new WorkerMessage({ message });
    this.socket.send(this.#json ? out.toJsonString() : out.toBinary());
  }

  /** Tells its load; `full` takes no jobs at all. */
  report(load: number, full = false): void {
    const status = full ? WorkerStatus.WS_FULL : WorkerStatus.WS_AVAILABLE;
    this.send({ case: 'updateWorker', value: { load, status, jobCount: 0 } as never });
  }

  /** The next assignment, in a room if one is named. */
  assigned(room?: string): Promise<JobAssignment> {
    return waitFor(
      () => this.assignments.find((one) => room === undefined || one.job?.room?.name === room),
      { what: 'the assignment' },
    );
  }

  offered(room: string): Promise<Job> {
    return waitFor(() => this.offers.find((job) => job.room?.name === room), { what: 'the offer' });
  }

  /** What it was offered in a room. */
  offersIn(room: string): Job[] {
    return this.offers.filter((job) => job.room?.name === room);
  }

  /** Says yes to a job that it was silent about. */
  accept(job: Job): void {
    this.#reply(job, 'accept');
  }

  stop(): void {
    this.socket.terminate();
  }

  #take(message: ServerMessage['message']): void {
    switch (message.case) {
      case 'register':
        this.registered = message.value;
        break;
      case 'availability':
        if (message.value.job) this.#decide(message.value.job);
        break;
      case 'assignment':
        this.assignments.push(message.value);
        break;
      case 'termination':
        this.terminations.push(message.value);
        break;
      case 'pong':
        this.pongs.push(message.value.lastTimestamp);
        break;
    }
  }

  #decide(job: Job): void {
    this.offers.push(job);
    if (this.answer === 'silence') return;
    if (this.answer === 'die') {
      this.socket.terminate();
      return;
    }
    this.#reply(job, this.answer);
  }

  #reply(job: Job, answer: Answer): void {
    const fields = typeof answer === 'object' ? answer : {};
    const value = new AvailabilityResponse({
      jobId: job.id,
      available: answer !== 'refuse',
      participantIdentity: `agent-${job.id}`,
      participantName: 'Agent',
      ...fields,
    });
    this.send({ case: 'availability', value });
  }
}
