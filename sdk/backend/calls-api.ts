/** `backend.calls`: create, terminate, list and read calls. */
import { boundedText } from '../rest/core/bounded-text.js';
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import { RestError } from '../rest/core/rest-error.js';
import type {
  AnalyzeCallResponse,
  AnalyzeCallsResponse,
  Call,
  CallPage,
  CallRecording,
  CallSummary,
  ExplanationLanguage,
  Timeline,
  Transcript,
} from '../wire/call.js';
import type { CallStatistics } from '../wire/call-statistics.js';
import type { ErasedCall } from '../wire/audit.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
import { createRequest, type CreateOptions } from './create-options.js';
import { everyRow } from './every-row.js';
import { exportFile, exportRows } from './export-calls.js';
import type { ExportCallsQuery, ExportedCall, ExportFileQuery } from './export-calls.js';
import type { CallSelection, ListCallsFilter } from './list-calls-filter.js';
import { liveEvents, type LiveCallEvent, type LiveOptions } from './live-events.js';
import { pathOf } from './path-of.js';

/** Which calls are counted, and in which steps of time. */
export interface StatisticsQuery extends CallSelection {
  /** The steps of `by_time`. Default `day`. */
  interval?: 'hour' | 'day';
  /** IANA name, e.g. `Europe/Berlin`. Default `UTC`. */
  time_zone?: string;
}

/**
 * `backend.calls`.
 *
 * @example
 * const grant = await backend.calls.create({ agent_id: 'agent_…', variables: { name: 'Ada' } });
 * const { transcript } = await backend.calls.transcript(grant.call_id);
 */
export class CallsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Creates a call; resolves with the grant for a page to join it. */
  create(
    request: CreateWebCallRequest,
    options: CreateOptions = {},
  ): Promise<CreateWebCallResponse> {
    return this.#ask(createRequest('/v1/web-calls', request, options));
  }

  /** Terminates a call; its page shows the end within a second. Safe to repeat: resolves with how the call ended. */
  terminate(callId: string, options: RequestOptions = {}): Promise<TerminateWebCallResponse> {
    const path = pathOf`/v1/web-calls/${callId}/terminate`;
    return this.#ask({ method: 'POST', path, ...options });
  }

  /** Reads how a call ended, or that it has not, with the call's own `call_token` in place of a key. */
  readEnd(
    callId: string,
    callToken: string,
    options: RequestOptions = {},
  ): Promise<TerminateWebCallResponse> {
    const path = pathOf`/v1/web-calls/${callId}`;
    return this.#ask({ method: 'GET', path, bearer: callToken, ...options });
  }

  /** One page of calls, newest first; with `count` also how many there are in all. */
  list(filter: ListCallsFilter = {}, options: RequestOptions = {}): Promise<CallPage> {
    return this.#ask({ method: 'GET', path: '/v1/calls', query: filter, ...options });
  }

  /** All calls that match, newest first; pages are requested as they are needed. */
  all(filter: ListCallsFilter = {}, options: RequestOptions = {}): AsyncGenerator<CallSummary> {
    return everyRow(filter, (query) => this.list(query, options));
  }

  /**
   * Any number of calls with the columns of your choice, newest first, as they come: little is held at a time. When the
   * connection breaks it goes on after the last row.
   *
   * @example
   * for await (const row of backend.calls.export({ columns: ['id', 'json_output.topic'] })) console.log(row);
   */
  export(
    query: ExportCallsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<ExportedCall, void, undefined> {
    return exportRows(this.#ask, query, options);
  }

  /** The same as a response whose body is a file, CSV or NDJSON: to be stored or passed on. */
  exportFile(query: ExportFileQuery = {}, options: RequestOptions = {}): Promise<Response> {
    return exportFile(this.#ask, query, options);
  }

  /** Figures of calls, of the last thirty days unless `start_date` says otherwise; by time, agent, version and origin. */
  statistics(query: StatisticsQuery = {}, options: RequestOptions = {}): Promise<CallStatistics> {
    return this.#ask({ method: 'GET', path: '/v1/calls/statistics', query, ...options });
  }

  /** The whole detail of a call, explained in `language` (default `en`). Rejects with `not_found`. */
  get(
    callId: string,
    { language, ...options }: RequestOptions & { language?: ExplanationLanguage } = {},
  ): Promise<Call> {
    const query = language === undefined ? {} : { language };
    return this.#ask({ method: 'GET', path: pathOf`/v1/calls/${callId}`, query, ...options });
  }

  /** Queues another analysis of a call that has ended. Rejects with `conflict` for one that goes on, or may not be stored. */
  analyze(callId: string, options: RequestOptions = {}): Promise<AnalyzeCallResponse> {
    const path = pathOf`/v1/calls/${callId}/analyze`;
    return this.#ask({ method: 'POST', path, ...options });
  }

  /**
   * Queues another analysis of all calls that match, page by page as they are taken: yields the ids of those that have ended
   * and may be analysed.
   */
  analyzeAll(
    filter: ListCallsFilter = {},
    options: RequestOptions = {},
  ): AsyncGenerator<string, void, undefined> {
    const path = '/v1/calls/analyze';
    return everyRow(filter, (query) =>
      this.#ask<AnalyzeCallsResponse>({ method: 'POST', path, query, ...options }),
    );
  }

  /** The turns of a call, in order. */
  transcript(callId: string, options: RequestOptions = {}): Promise<Transcript> {
    return this.#read(pathOf`/v1/calls/${callId}/transcript`, options);
  }

  /** The transcript as text: `txt` a line a turn with time and speaker; `srt`, `vtt` subtitles for the recording. */
  transcriptAs(
    callId: string,
    format: 'txt' | 'srt' | 'vtt',
    options: RequestOptions = {},
  ): Promise<string> {
    const path = pathOf`/v1/calls/${callId}/transcript`;
    return this.#ask({ method: 'GET', path, query: { format }, ...options }, boundedText);
  }

  /**
   * What happens in a call while it goes on, from its beginning; ends after `ended`. A connection that breaks is made
   * again, and nothing but words that still change is missed.
   *
   * @example
   * for await (const event of backend.calls.live(callId)) if (event.type === 'turn') console.log(event.turn.content);
   */
  live(callId: string, options: LiveOptions = {}): AsyncGenerator<LiveCallEvent, void> {
    return liveEvents(this.#ask, pathOf`/v1/calls/${callId}/live`, options);
  }

  /**
   * Erases everything that was said in a call that has ended; its skeleton stays. Safe to repeat. Rejects with `conflict`
   * while the call goes on.
   */
  eraseSensitiveData(callId: string, options: RequestOptions = {}): Promise<ErasedCall> {
    return this.#ask({
      method: 'DELETE',
      path: pathOf`/v1/calls/${callId}/sensitive-data`,
      ...options,
    });
  }

  /** The timeline of a call. */
  timeline(callId: string, options: RequestOptions = {}): Promise<Timeline> {
    return this.#read(pathOf`/v1/calls/${callId}/events`, options);
  }

  /** The state of the recording, and a signed link to it that expires and needs no key. */
  recording(callId: string, options: RequestOptions = {}): Promise<CallRecording> {
    return this.#read(pathOf`/v1/calls/${callId}/recording`, options);
  }

  /**
   * The recording itself, as a response whose body is a WAV file: stereo, left the caller, right the agent. `range` as
   * in HTTP, e.g. `bytes=0-1023`. Rejects with `not_found` when there is none.
   */
  async download(
    callId: string,
    { range, ...options }: RequestOptions & { range?: string } = {},
  ): Promise<Response> {
    const { url } = await this.recording(callId, options);
    if (!url) throw new RestError('not_found', `${callId} has no recording.`, { status: 404 });
    const headers: Record<string, string> = range === undefined ? {} : { range };
    const request = { method: 'GET', path: url, bearer: null, headers, ...options } as const;
    return this.#ask(request, (answer) => Promise.resolve(answer));
  }

  #read<T>(path: string, options: RequestOptions): Promise<T> {
    return this.#ask({ method: 'GET', path, ...options });
  }
}
