// Dispatches agents: keeps the dispatches of rooms, chooses workers by load, and ends jobs with their room.
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
/** A dispatch for publishers or participants gets a job for each: the oldest ended jobs beyond this are dropped. */
const MAX_JOBS_PER_DISPATCH = 256;
/** How often a job is given to a worker: it may be what they die of. */
const MAX_WORKERS_OF_JOB = 3;
/** As in livekit-server: no job is offered while every worker reports this load or more. */
const TARGET_LOAD = Math.fround(0.7);

/** The room, participant and job type of a dispatch's jobs. */
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
  /** Those that asked by name for an agent of which no worker was registered, with the job that one of them has left. */
  readonly #waiting = new Map<AgentDispatch, { room: Room; left?: Job }>();

  constructor(keys: KeyPair, serverInfo: ServerInfo) {
    this.#keys = keys;
    this.#serverInfo = serverInfo;
  }

  /** Takes a worker's socket over. */
  accept(socket: WebSocket): void {
    const worker = new AgentWorker(socket, this.#keys, this.#serverInfo, {
      registered: (one) => {
        log('info', 'worker registered', { worker: one.id, agent: one.agentName });
        this.#offerWaiting((dispatch) => one.takes({ ...dispatch, type: JobType.JT_ROOM }));
      },
      jobEnded: (_, job) => this.#runners.delete(job.id),
      closed: (one, left) => {
        this.#workers.delete(one);
        log('info', 'worker gone', { worker: one.id, agent: one.agentName });
        for (const job of left) this.#handOn(job);
      },
    });
    this.#workers.add(worker);
  }

  /** Creates the dispatches of a new room's configuration. Workers without an agent name get every other room. */
  roomStarted(room: Room, agents: readonly RoomAgentDispatch[]): void {
    const unnamed = { agentName: '', metadata: '', attributes: {} };
    for (const agent of agents.length > 0 ? agents : [unnamed]) this.dispatch(room, agent);
  }

  /**
   * Creates a dispatch and its jobs, for the room and for who is in it. Undefined when the room has too many
   * dispatches.
   */
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

  /** Creates jobs of type `JT_PARTICIPANT` for a participant who has joined, and offers what waited for somebody to be there. */
  participantJoined(room: Room, participant: Participant): void {
    this.#launchFor(room, this.list(room), participant, JobType.JT_PARTICIPANT);
    if (participant.isDependent) return;
    this.#offerWaiting(({ agentName }, inRoom) => inRoom === room && this.#isThere(agentName));
  }

  /** Creates jobs of type `JT_PUBLISHER` for a participant who has published. */
  participantPublished(room: Room, participant: Participant): void {
    this.#launchFor(room, this.list(room), participant, JobType.JT_PUBLISHER);
  }

  list(room: Room): AgentDispatch[] {
    return [...(this.#dispatches.get(room)?.values() ?? [])];
  }

  /** Deletes a dispatch and ends its jobs. */
  remove(room: Room, dispatchId: string): AgentDispatch | undefined {
    const dispatch = this.#dispatches.get(room)?.get(dispatchId);
    if (!dispatch) return undefined;
    this.#dispatches.get(room)?.delete(dispatchId);
    this.#waiting.delete(dispatch);
    if (dispatch.state) dispatch.state.deletedAt = BigInt(Date.now()) * 1_000_000n;
    this.#terminate(dispatch);
    return dispatch;
  }

  /** Ends the jobs of an agent that has left its room. */
  agentLeft(room: Room, identity: string): void {
    for (const dispatch of this.list(room)) {
      for (const job of dispatch.state?.jobs ?? []) {
        if (job.state?.participantIdentity === identity)
          this.#runners.get(job.id)?.terminate(job.id, JobStatus.JS_FAILED);
      }
    }
  }

  roomClosed(room: Room): void {
    for (const dispatch of this.list(room)) {
      this.#waiting.delete(dispatch);
      this.#terminate(dispatch);
    }
    this.#dispatches.delete(room);
  }

  close(): void {
    for (const worker of this.#workers) worker.close();
  }

  /**
   * A room that was opened while the workers were away, as after a restart of either side, gets its agent when one is back.
   * livekit-server leaves such a room without.
   */
  #offerWaiting(isDue: (dispatch: AgentDispatch, room: Room) => boolean): void {
    for (const [dispatch, { room, left }] of [...this.#waiting]) {
      if (!isDue(dispatch, room)) continue;
      this.#waiting.delete(dispatch);
      if (left) this.#offerAgain(room, dispatch, left);
      else this.#launch(room, dispatch, { type: JobType.JT_ROOM });
    }
  }

  /** The job of a worker that is gone. */
  #handOn(job: Job): void {
    for (const [room, all] of this.#dispatches) {
      const dispatch = all.get(job.dispatchId);
      if (dispatch) this.#offerAgain(room, dispatch, job);
    }
  }

  /**
   * Who waits in a room whose worker died before its agent was there gets it from another one, or from the next. The job keeps
   * its id, by which agents name themselves: should the former one still be on its way in, they are the same participant.
   * livekit-server leaves such a room without.
   */
  #offerAgain(room: Room, dispatch: AgentDispatch, left: Job): void {
    const { id, type, agentName, state } = left;
    if (type !== JobType.JT_ROOM || agentName === '') return;
    if (room.participants.get(state?.participantIdentity ?? '')?.wasActive) return;
    const times = dispatch.state?.jobs.filter((job) => job.id === id).length ?? 0;
    if (times >= MAX_WORKERS_OF_JOB) return;
    const isAwaited = [...room.participants.values()].some((one) => !one.isDependent);
    if (!isAwaited || !this.#isThere(agentName)) {
      this.#waiting.set(dispatch, { room, left });
      return;
    }
    const job = left.clone();
    job.room = room.toInfo();
    this.#begin(room, dispatch, job);
  }

  #isThere(agentName: string): boolean {
    return [...this.#workers].some((one) => one.agentName === agentName);
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

  /** Creates one job for each namespace that has workers for it, and offers it to workers. */
  #launch(room: Room, dispatch: AgentDispatch, target: JobTarget): void {
    const fit = [...this.#workers].filter((worker) => worker.takes({ ...dispatch, ...target }));
    const namespaces = new Set(fit.map((worker) => worker.namespace));
    if (fit.length === 0 && target.type === JobType.JT_ROOM && dispatch.agentName !== '') {
      log('warn', 'no worker for dispatch', { room: room.name, agent: dispatch.agentName });
      if (!this.#isThere(dispatch.agentName)) this.#waiting.set(dispatch, { room });
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
      this.#begin(room, dispatch, job);
    }
  }

  #begin(room: Room, dispatch: AgentDispatch, job: Job): void {
    this.#assign(room, dispatch, job).catch((error: unknown) =>
      log('error', 'dispatch failed', { room: room.name, error: String(error) }),
    );
  }

  async #assign(room: Room, dispatch: AgentDispatch, job: Job): Promise<void> {
    if (!makePlace(dispatch)) {
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
    // They are gone, and have not refused it.
    if (tried.size > 0 && !this.#isThere(job.agentName)) this.#offerAgain(room, dispatch, job);
  }

  #isWanted(room: Room, dispatch: AgentDispatch): boolean {
    return this.#dispatches.get(room)?.has(dispatch.id) ?? false;
  }

  /** Chooses a worker at random, weighted by free capacity, as livekit-server does. */
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

/** Drops an ended job of the dispatch when it has too many; false when all of them still run. */
function makePlace({ state }: AgentDispatch): boolean {
  const jobs = state?.jobs ?? [];
  if (jobs.length < MAX_JOBS_PER_DISPATCH) return true;
  const over = jobs.findIndex((job) => (job.state?.endedAt ?? 0n) > 0n);
  if (over >= 0) jobs.splice(over, 1);
  return over >= 0;
}
