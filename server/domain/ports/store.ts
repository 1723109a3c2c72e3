/** What the domain asks of the database. Every method is one transaction. */
import type { CallFilters } from '../calls/call-filters.js';
import type {
  AgentRow,
  AgentVersionRow,
  ApiKeyRow,
  CallRow,
  DemoPageRow,
  KeptAnswerRow,
  TimelineRow,
  TurnRow,
  WorkspaceRow,
} from './rows.js';

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
  changes: Partial<CallRow>;
  timeline?: TimelineRow[];
  /** A turn that is there already stays as it was. */
  turns?: TurnRow[];
}

/** API keys and the workspaces that they belong to. */
export interface KeyStore {
  findKeyByHash(keyHash: string): Promise<ApiKeyRow | null>;
  insertKey(row: ApiKeyRow): Promise<void>;
  listKeys(workspaceId: string, page: RowPageRequest): Promise<RowPage<ApiKeyRow>>;
  /** The first revocation's time stays. `null`: no such key in this workspace. */
  revokeKey(workspaceId: string, keyId: string, at: Date): Promise<ApiKeyRow | null>;
  touchKey(keyId: string, at: Date): Promise<void>;
  setKeyOrigins(keyId: string, origins: string[]): Promise<void>;
  liveOrigins(now: Date): Promise<string[]>;
  findWorkspace(workspaceId: string): Promise<WorkspaceRow | null>;
}

/** Agents and versions. */
export interface AgentStore {
  insertAgent(agent: AgentRow, draft: AgentVersionRow): Promise<void>;
  findAgent(workspaceId: string, agentId: string): Promise<AgentRow | null>;
  listAgents(workspaceId: string, page: RowPageRequest): Promise<RowPage<AgentRow>>;
  updateAgent(agentId: string, changes: Pick<AgentRow, 'title' | 'updated_at'>): Promise<void>;
  listVersions(agentId: string, page: RowPageRequest): Promise<RowPage<AgentVersionRow>>;
  findVersion(agentId: string, number: number): Promise<AgentVersionRow | null>;
  findVersionById(versionId: string): Promise<AgentVersionRow | null>;
  /** The draft and the newest published version of each agent. */
  headVersions(agentIds: readonly string[]): Promise<AgentVersionRow[]>;
  /** Changes the version only while it is a draft; `false` when it is not. */
  updateDraft(versionId: string, changes: Partial<AgentVersionRow>): Promise<boolean>;
  /** Freezes the draft and lays the next one beside it; `false` when it was no draft any more. */
  publishDraft(
    versionId: string,
    published: Pick<
      AgentVersionRow,
      'version_title' | 'published_at' | 'published_by' | 'updated_at'
    >,
    nextDraft: AgentVersionRow,
  ): Promise<boolean>;
}

/** Call records. */
export interface CallStore {
  /** Counts the open calls and inserts in one transaction; `false`: the workspace is full. */
  insertCall(call: CallRow, timeline: TimelineRow[]): Promise<{ ok: boolean; limit: number }>;
  findCall(callId: string): Promise<CallRow | null>;
  findCallByRoom(roomName: string): Promise<CallRow | null>;
  /** Holds the row, lets `change` decide, writes. Answers the row as it is afterwards. */
  changeCall(
    callId: string,
    change: (call: CallRow) => CallChange | null,
  ): Promise<{ call: CallRow; changed: boolean } | null>;
  listCalls(workspaceId: string, filters: CallFilters): Promise<RowPage<CallRow>>;
  listTimeline(callId: string): Promise<TimelineRow[]>;
  listTurns(callId: string): Promise<TurnRow[]>;
  /** Ids of open calls whose time has come. */
  dueCalls(now: Date, limit: number): Promise<string[]>;
  openCalls(limit: number): Promise<CallRow[]>;
  /** Ended calls with something left to do: a room to delete or a recording to finish. */
  unfinishedCalls(limit: number): Promise<CallRow[]>;
  countCalls(): Promise<Record<string, number>>;
}

/** What makes repeats harmless, and what the start needs. */
export interface OnceStore {
  /** `false` when the id was seen before. */
  rememberHint(id: string, at: Date): Promise<boolean>;
  /** Claims the key, or answers what is kept under it. */
  claimAnswer(row: KeptAnswerRow): Promise<KeptAnswerRow | null>;
  keepAnswer(workspaceId: string, key: string, status: number, body: unknown): Promise<void>;
  dropAnswer(workspaceId: string, key: string): Promise<void>;
  forgetBefore(moment: Date): Promise<void>;
  findDemoPage(): Promise<(DemoPageRow & { key_id: string }) | null>;
  insertDemo(demo: {
    workspace: WorkspaceRow;
    keys: ApiKeyRow[];
    agent: AgentRow;
    versions: AgentVersionRow[];
    page: DemoPageRow & { key_id: string };
  }): Promise<void>;
}

/** The whole database. */
export interface Store extends KeyStore, AgentStore, CallStore, OnceStore {}
