// Sends agents into rooms: remembers dispatches, chooses workers by load, ends jobs with their room.
import { AgentDispatch, AgentDispatchState, Job, JobStatus, JobType } from '@livekit/protocol';
import type { ParticipantInfo, RoomAgentDispatch, ServerInfo } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import type { KeyPair } from '../access-token.js';
import { newId } from '../ids.js';
import { log } from '../log.js';
import type { Participant } from '../rooms/participant.js';
import type { Room } from '../rooms/room.js';
import { AgentWorker } from './agent-worker.js';

const MAX_DISPATCHES_PER_ROOM = 16;
/** Of a dispatch that sends an agent for everybody who comes, the oldest jobs that are over are forgotten. */
const MAX_JOBS_PER_DISPATCH = 256;
/** livekit-server's default: no job is offered while every worker says that it is at this load or above. */
const TARGET_LOAD = Math.fround(0.7);

/** What a dispatch asks for, each time that it sends agents. */
interface JobTarget {
  readonly type: JobType;
  readonly participant?: ParticipantInfo;
}

type DispatchRequest = Pick<RoomAgentDispatch, 'agentName' | 'metadata' | 'attributes'> &
  Partial<Pick<RoomAgentDispatch, 'deployment'>>;

/** All workers and all dispatches of this server. */
export class Dispatcher {
  readonly #keys: KeyPair;
  readonly #serverInfo: ServerInfo;
  readonly #workers = new Set<AgentWorker>();
  readonly #dispatches = new Map<Room, Map<string, AgentDispatch>>();
  readonly #runners = new Map<string, AgentWorker>();

  constructor(keys: KeyPair, serverInfo: ServerInfo) {
    this.#keys = keys;
    this.#serverInfo = serverInfo;
  }

  /** Takes over a worker's socket. */
  accept(socket: WebSocket): void {
    const worker = new AgentWorker(socket, this.#keys, this.#serverInfo, {
      registered: (one) =>
        log('info', 'worker registered', { worker: one.id, agent: one.agentName }),
      jobEnded: (_, job) => this.#runners.delete(job.id),
      closed: (one) => {
        this.#workers.delete(one);
        log('info', 'worker gone', { worker: one.id, agent: one.agentName });
      },
    });
    this.#workers.add(worker);
  }

  /** Dispatches what a new room was created with; workers without a name get every other room. */
  roomStarted(room: Room, agents: readonly RoomAgentDispatch[]): void {
    const unnamed = { agentName: '', metadata: '', attributes: {} };
    for (const agent of agents.length > 0 ? agents : [unnamed]) this.dispatch(room, agent);
  }

  /** Creates a dispatch and launches its jobs: for the room, and for who is in it. Undefined when the room has too many. */
  dispatch(room: Room, request: DispatchRequest): AgentDispatch | undefined {
    const all = this.#dispatches.get(room) ?? new Map<string, AgentDispatch>();
    if (all.size >= MAX_DISPATCHES_PER_ROOM) return undefined;
    this.#dispatches.set(room, all);
    const dispatch = new AgentDispatch({
      id: newId('AD_'),
      agentName: request.agentName,
      room: room.name,
      metadata: request.metadata,
      deployment: request.deployment ?? '',
      attributes: { ...request.attributes },
      state: new AgentDispatchState({ createdAt: BigInt(Date.now()) * 1_000_000n }),
    });
    all.set(dispatch.id, dispatch);
    this.#launch(room, dispatch, { type: JobType.JT_ROOM });
    for (const participant of room.participants.values()) {
      if (participant.hasPublished) {
        this.#launchFor(room, [dispatch], participant, JobType.JT_PUBLISHER);
      }
      this.#launchFor(room, [dispatch], participant, JobType.JT_PARTICIPANT);
    }
    return dispatch;
  }

  /** Sends the workers who want to hear of everybody who comes. */
  participantJoined(room: Room, participant: Participant): void {
    this.#launchFor(room, this.list(room), participant, JobType.JT_PARTICIPANT);
  }

  /** Sends the workers who want to hear of everybody who publishes. */
  participantPublished(room: Room, participant: Participant): void {
    this.#launchFor(room, this.list(room), participant, JobType.JT_PUBLISHER);
  }

  list(room: Room): AgentDispatch[] {
    return [...(this.#dispatches.get(room)?.values() ?? [])];
  }

  /** Takes a dispatch back and ends its jobs. */
  remove(room: Room, dispatchId: string): AgentDispatch | undefined {
    const dispatch = this.#dispatches.get(room)?.get(dispatchId);
    if (!dispatch) return undefined;
    this.#dispatches.get(room)?.delete(dispatchId);
    if (dispatch.state) dispatch.state.deletedAt = BigInt(Date.now()) * 1_000_000n;
    this.#terminate(dispatch);
    return dispatch;
  }

  /** An agent that has left its room has no job there any more. */
  agentLeft(room: Room, identity: string): void {
    for (const dispatch of this.list(room)) {
      for (const job of dispatch.state?.jobs ?? []) {
        if (job.state?.participantIdentity === identity)
          this.#runners.get(job.id)?.terminate(job.id, JobStatus.JS_FAILED);
      }
    }
  }

  roomClosed(room: Room): void {
    for (const dispatch of this.list(room)) this.#terminate(dispatch);
    this.#dispatches.delete(room);
  }

  close(): void {
    for (const worker of this.#workers) worker.close();
  }

  #launchFor(
    room: Room,
    dispatches: readonly AgentDispatch[],
    participant: Participant,
    type: JobType,
  ): void {
    if (participant.isDependent) return;
    const target = { type, participant: participant.toInfo() };
    for (const dispatch of dispatches) this.#launch(room, dispatch, target);
  }

  /** One job for each namespace that has workers for it. */
  #launch(room: Room, dispatch: AgentDispatch, target: JobTarget): void {
    const fit = [...this.#workers].filter((worker) => worker.takes({ ...dispatch, ...target }));
    const namespaces = new Set(fit.map((worker) => worker.namespace));
    if (fit.length === 0 && target.type === JobType.JT_ROOM && dispatch.agentName !== '') {
      log('warn', 'no worker for dispatch', { room: room.name, agent: dispatch.agentName });
    }
    for (const namespace of namespaces) {
      const job = new Job({
        id: newId('AJ_'),
        ...target,
        namespace,
        room: room.toInfo(),
        metadata: dispatch.metadata,
        agentName: dispatch.agentName,
        deployment: dispatch.deployment,
        dispatchId: dispatch.id,
        attributes: { ...dispatch.attributes },
      });
      this.#assign(room, dispatch, job).catch((error: unknown) =>
        log('error', 'dispatch failed', { room: room.name, error: String(error) }),
      );
    }
  }

  async #assign(room: Room, dispatch: AgentDispatch, job: Job): Promise<void> {
    if (!hasPlace(dispatch)) {
      log('warn', 'too many jobs', { room: room.name, agent: dispatch.agentName });
      return;
    }
    const tried = new Set<AgentWorker>();
    for (let worker = this.#choose(job, tried); worker; worker = this.#choose(job, tried)) {
      tried.add(worker);
      const running = await worker.offer(job, () => this.#isWanted(room, dispatch));
      if (!this.#isWanted(room, dispatch)) return;
      if (!running) continue;
      this.#runners.set(job.id, worker);
      dispatch.state?.jobs.push(running);
      log('info', 'job assigned', { room: room.name, job: job.id, worker: worker.id });
      return;
    }
    log('warn', 'no worker takes the job', { room: room.name, agent: dispatch.agentName });
  }

  #isWanted(room: Room, dispatch: AgentDispatch): boolean {
    return this.#dispatches.get(room)?.has(dispatch.id) ?? false;
  }

  /** Picks a worker at random, weighted by the room it has left. */
  #choose(job: Job, tried: ReadonlySet<AgentWorker>): AgentWorker | undefined {
    const all = [...this.#workers].filter(
      (worker) => worker.takes(job) && worker.namespace === job.namespace,
    );
    if (tried.size === 0 && !all.some((worker) => worker.isBelow(TARGET_LOAD))) return undefined;
    const fit = all.filter((worker) => !tried.has(worker));
    const total = fit.reduce((sum, worker) => sum + worker.capacity, 0);
    if (total <= 0) return undefined;
    let point = Math.random() * total;
    for (const worker of fit) {
      point -= worker.capacity;
      if (point <= 0 && worker.capacity > 0) return worker;
    }
    return fit.find((worker) => worker.capacity > 0);
  }

  #terminate(dispatch: AgentDispatch): void {
    for (const job of dispatch.state?.jobs ?? [])
      this.#runners.get(job.id)?.terminate(job.id, JobStatus.JS_SUCCESS);
  }
}

/** Makes room for one more job among those of a dispatch. */
function hasPlace({ state }: AgentDispatch): boolean {
  const jobs = state?.jobs ?? [];
  if (jobs.length < MAX_JOBS_PER_DISPATCH) return true;
  const over = jobs.findIndex((job) => (job.state?.endedAt ?? 0n) > 0n);
  if (over >= 0) jobs.splice(over, 1);
  return over >= 0;
}
