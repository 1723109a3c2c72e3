/** What the domain asks of the database. Every method is one transaction. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { KeyLimits } from '../../../sdk/wire/api-key.js';
import type { TurnSource } from '../../../sdk/wire/call.js';
import type { CallLimit } from '../../../sdk/wire/error-body.js';
import type { WidgetSettings } from '../../../sdk/wire/widget.js';
import type { AuditStore } from './audit-store.js';
import type { ErasureStore } from './erasure-store.js';
import type { ExplanationStore } from './explanation-store.js';
import type { HistoryStore } from './history-store.js';
import type { CallWorkStore } from './call-work.js';
import type { OwedRemovals } from './owed-removals.js';
import type {
  AgentRow,
  AgentVersionRow,
  ApiKeyRow,
  CallRow,
  CallableVersionRow,
  DemoPageRow,
  EvidenceRow,
  FunctionRow,
  KeptAnswerRow,
  TimelineRow,
  TransferRow,
  NewTurnRow,
  TurnRow,
  WholeCallRow,
  WholeEvidence,
  WorkspaceRow,
} from './rows.js';
import type { WebhookStore } from './webhook-store.js';

/** A page of rows; `cursor` leads to the next. */
export interface RowPage<T> {
  rows: T[];
  cursor: string | null;
}

/** A page as it is asked for. */
export interface RowPageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** What a change does to a call: columns, and rows beside it. */
export interface CallChange {
  changes: Partial<WholeCallRow>;
  timeline?: TimelineRow[];
  /** Turns that go, by who told of them. */
  dropTurns?: TurnSource;
  /** The call's end: no turn that is there lies beyond it, and nothing else that an agent told. */
  endsAt?: Date;
  /** A turn that is there already stays as it was; the new ones are counted in `turn_count`. */
  turns?: NewTurnRow[];
  /** The first 500 of a call stay, and so do the first 100 transfers, of which webhooks are told as well. */
  functions?: FunctionRow[];
  transfers?: TransferRow[];
  /** Replaces what is named; the rest stays. */
  evidence?: Partial<EvidenceRow>;
  /** Holds the workspace and counts, as for a call that begins; when `refuse` does, the other change is made instead. */
  unless?: { refuse: (found: CallOccupancy & CallHolder) => boolean; instead: CallChange };
  /** The record goes, with all that belongs to it, as if it had never been. */
  isDropped?: true;
  /** When what is left to do for a call that has ended is due; what was done of it before is done anew. */
  workDueAt?: Date;
  /** The findings of a call that has ended are to be noted again then; work that nobody has begun yet does it anyway. */
  findingsDueAt?: Date;
}

/** A call, and its rows with their positions. */
export interface CallNews {
  call: CallRow;
  timeline: (TimelineRow & { position: number })[];
  turns: (TurnRow & { position: number })[];
}

/** What a change does to a version, and the draft that it lays beside it. */
export interface VersionChange {
  changes: Partial<AgentVersionRow>;
  nextDraft?: AgentVersionRow;
}

/** The most that may be when one more call begins; `null`: no limit. */
export type CallCeilings = Readonly<Record<CallLimit, number | null>>;

/** What there was when one more call was to begin: who holds how many, and what its key has used up. */
export interface CallOccupancy {
  open: {
    total: number;
    /** Of the call's address and visitor; 0 where these are not known. */
    of_address: number;
    of_visitor: number;
    /** Of the address, and nobody has joined yet. */
    waiting: number;
  };
  /** Of the key. */
  used: {
    /** Within the last hour; counted for a key with `calls_per_hour` only. */
    calls: number;
    first_of_hour: Date | null;
    /** Within the last 24 hours and the hour in which these began; open calls count until now. */
    talk_ms: number;
    /** The first hour of them in which a call ended. */
    first_of_day: Date | null;
  };
}

/** Whose limits hold for a call; `null`: there is no such workspace, or key. */
export interface CallHolder {
  workspace: Pick<
    WorkspaceRow,
    'concurrency_limit' | 'open_calls_per_address' | 'open_calls_per_visitor'
  > | null;
  key: KeyLimits | null;
}

/** What a new call is made of, as far as there is what its request names. */
export interface CallBasis extends CallHolder {
  agent: Pick<AgentRow, 'id' | 'title'> | null;
  version: CallableVersionRow | null;
}

/** A version as a request names it: by its id, by its number, or as the latest published one. */
export type WantedVersion = { versionId: string } | { agentId: string; number?: number };

/** API keys and the workspaces that they belong to. */
export interface KeyStore {
  findKeyByHash(keyHash: string): Promise<ApiKeyRow | null>;
  findKey(keyId: string): Promise<ApiKeyRow | null>;
  insertKey(row: ApiKeyRow): Promise<void>;
  listKeys(workspaceId: string, page: RowPageRequest): Promise<RowPage<ApiKeyRow>>;
  /** The first revocation's time stays. `null`: no such key in this workspace. */
  revokeKey(workspaceId: string, keyId: string, at: Date): Promise<ApiKeyRow | null>;
  /** Holds the key, lets `change` decide, writes. What `change` throws is thrown on. `null`: no such key here. */
  changeKey(
    workspaceId: string,
    keyId: string,
    change: (key: ApiKeyRow) => Partial<ApiKeyRow>,
  ): Promise<ApiKeyRow | null>;
  touchKey(keyId: string, at: Date): Promise<void>;
  setKeyOrigins(keyId: string, origins: string[]): Promise<void>;
  /** The origins of all publishable keys, revoked and expired ones included. */
  publishableOrigins(): Promise<string[]>;
  findWorkspace(workspaceId: string): Promise<WorkspaceRow | null>;
  /** The oldest, or the oldest of that name. */
  firstWorkspace(name?: string): Promise<WorkspaceRow | null>;
  /** Makes it, or sets the limits of the one that is there. */
  putWorkspace(row: WorkspaceRow): Promise<void>;
}

/** Agents and versions. */
export interface AgentStore {
  insertAgent(agent: AgentRow, draft: AgentVersionRow): Promise<void>;
  findAgent(workspaceId: string, agentId: string): Promise<AgentRow | null>;
  listAgents(workspaceId: string, page: RowPageRequest): Promise<RowPage<AgentRow>>;
  updateAgent(agentId: string, changes: Partial<AgentRow>): Promise<void>;
  listVersions(agentId: string, page: RowPageRequest): Promise<RowPage<AgentVersionRow>>;
  findVersion(agentId: string, number: number): Promise<AgentVersionRow | null>;
  findCallableVersionById(versionId: string): Promise<CallableVersionRow | null>;
  /** What a call or a version has is there: it stays as long as they do, and for a day after. */
  findSettings(settingsHash: string): Promise<VersionSettings | null>;
  /** The part of them that pages may read; `null`: there is none. */
  findWidget(settingsHash: string): Promise<WidgetSettings | null>;
  /** The draft and the newest published version of each agent. */
  headVersions(agentIds: readonly string[]): Promise<CallableVersionRow[]>;
  /**
   * Holds the agent, lets `change` decide about its draft, or about the version of that number, and writes.
   * What `change` throws is thrown on, and nothing is changed. `null`: there is no such version.
   */
  changeVersion(
    agentId: string,
    which: 'draft' | number,
    change: (version: AgentVersionRow) => VersionChange,
  ): Promise<AgentVersionRow | null>;
}

/** Call records. */
export interface CallStore {
  /**
   * The agent of the workspace and the version that are wanted, whether it is published or not, and whose limits hold for a call
   * of the key.
   */
  findCallBasis(
    workspaceId: string,
    keyId: string | null,
    wanted: WantedVersion,
  ): Promise<CallBasis>;
  /**
   * Holds the workspace, counts, and inserts unless as many are there as `ceilings` says: one step for every process. Answers
   * what was counted where it did not insert. `former`: other marks by which open calls are the same caller's. Calls in
   * advance are not counted.
   */
  insertCall(
    call: WholeCallRow,
    timeline: TimelineRow[],
    ceilings: CallCeilings,
    former?: { address: string; visitor: string },
  ): Promise<CallOccupancy | null>;
  findCall(callId: string): Promise<CallRow | null>;
  findWholeCall(callId: string): Promise<WholeCallRow | null>;
  findCallByRoom(roomName: string): Promise<CallRow | null>;
  /**
   * Holds the row, lets `change` decide, writes. Answers the row as it is afterwards. With `onceId` the
   * change is made at most once for that id, whichever process is told of it, and however often.
   */
  changeCall(
    callId: string,
    change: (call: CallRow) => CallChange | null,
    onceId?: string,
  ): Promise<{ call: CallRow; changed: boolean; isDropped?: boolean } | null>;
  listTimeline(callId: string): Promise<TimelineRow[]>;
  listTurns(callId: string): Promise<TurnRow[]>;
  /** Rows beyond these positions, at most `limit` of each kind, in their order. */
  findCallNews(
    callId: string,
    after: { timeline: number; turn: number },
    limit: number,
  ): Promise<CallNews | null>;
  /** What is known of the call beside its words; all empty until it is reported. */
  findEvidence(callId: string): Promise<WholeEvidence>;
  listTransfers(callId: string): Promise<TransferRow[]>;
  /** As `changeCall`, and `change` sees what is known of the call so far. */
  changeEvidence(
    callId: string,
    change: (call: CallRow, found: EvidenceRow) => CallChange | null,
  ): ReturnType<CallStore['changeCall']>;
  /** The history shows one figure a call: the median of the turns' latencies. */
  noteLatency(callId: string): Promise<void>;
  /** Ids of open calls whose time has come. */
  dueCalls(now: Date, limit: number): Promise<string[]>;
  /** Open calls with an agent that has claimed nothing, and nobody listening. */
  unheardCalls(now: Date, limit: number): Promise<string[]>;
  /** In the order of their ids, from the one after `afterId` on. */
  openCalls(limit: number, afterId?: string): Promise<CallRow[]>;
  /** Ended calls with something left to do: a room to delete or a recording to finish. */
  unfinishedCalls(limit: number): Promise<CallRow[]>;
  /** Without the calls in advance. */
  countCalls(): Promise<Record<string, number>>;
}

/** Who is at work on the answer that will be kept under a key. */
export interface AnswerClaim {
  workspace_id: string;
  key: string;
  /** One request, of whichever process. */
  claimant: string;
}

/** What makes repeats harmless, and what the start needs. */
export interface IdempotencyStore {
  /**
   * Claims the key for `ttlMs` of the database's clock, or answers what is kept under it. A claim that has run out is
   * void, and so is one of an earlier process where the database is this process's alone.
   */
  claimAnswer(
    claim: AnswerClaim,
    fingerprint: string,
    now: Date,
    ttlMs: number,
  ): Promise<KeptAnswerRow | null>;
  /** This and what follows change nothing when the claim is another's by now. */
  renewClaim(claim: AnswerClaim, ttlMs: number): Promise<void>;
  keepAnswer(claim: AnswerClaim, status: number, body: unknown): Promise<void>;
  dropClaim(claim: AnswerClaim): Promise<void>;
  forgetBefore(moment: Date): Promise<void>;
  findDemoPage(): Promise<(DemoPageRow & { key_id: string }) | null>;
  /** `false`: another process was first. */
  insertDemo(demo: {
    workspace: WorkspaceRow;
    keys: ApiKeyRow[];
    agent: AgentRow;
    versions: AgentVersionRow[];
    page: DemoPageRow & { key_id: string };
  }): Promise<boolean>;
}

/** Which process does a background loop's work. */
export interface LeaseStore {
  /** Takes or prolongs the lease; `false` while another holder's has not run out. */
  takeLease(name: string, holder: string, ttlMs: number): Promise<boolean>;
  dropLeases(holder: string): Promise<void>;
}

/** Requests counted across every server process. */
export interface RateStore {
  /** Counts as many of the `wanted` requests as the rule allows. */
  countRequests(
    bucket: string,
    wanted: number,
    rule: { limit: number; windowSec: number },
  ): Promise<{ granted: number; remaining: number; resetSec: number }>;
}

/** The whole database. */
export interface Store
  extends
    KeyStore,
    AgentStore,
    AuditStore,
    CallStore,
    ErasureStore,
    ExplanationStore,
    HistoryStore,
    IdempotencyStore,
    LeaseStore,
    OwedRemovals,
    WebhookStore,
    CallWorkStore {}
