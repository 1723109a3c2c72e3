/** The port through which webhooks leave. */

/** One POST. */
export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came of it. */
export interface WebhookAnswer {
  /** `null`: no answer came. */
  status: number | null;
  /** The beginning of the answer's body, at most 4 KiB. */
  body: string | null;
  /** Why no answer came, in one sentence; `null` when one did. */
  error: string | null;
  durationMs: number;
}

/** Sends to addresses that customers chose. */
export interface WebhookSender {
  /** Whether addresses of this machine and its private network, and plain `http:`, are allowed. */
  readonly allowsPrivate: boolean;
  /** Never rejects, follows no redirect, and takes at most 10 s; ends at once when the signal does. */
  send(request: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer>;
}
