/** What the suite knows of a running media server: its address, its keys and what it posted. */
import type { WebhookSink } from './webhook-sink.js';

/** The one key pair of every server under test. */
export const API_KEY = 'test-key';
export const API_SECRET = 'a-test-secret-of-at-least-32-characters';

/** A running server, whichever it is. */
export interface MediaServer {
  readonly name: 'embedded' | 'livekit';
  readonly wsUrl: string;
  readonly httpUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The receiver of its webhooks. */
  readonly webhooks: WebhookSink;
  /** Everything the process has printed; for failures' messages, not for assertions. */
  output(): string;
  /** Whether its process lives. */
  isRunning(): boolean;
  /** Ends the server and its receiver. */
  stop(): Promise<void>;
}

/** What a start may choose. */
export interface MediaServerOptions {
  /** Where webhooks go instead of to a receiver of the server's own. */
  webhookUrl?: string;
  /** Where it listens; default: any free port. */
  port?: number;
}

/** One of the two servers that the suite runs against. */
export interface MediaServerKind {
  readonly name: MediaServer['name'];
  /** Why it is left out on this machine, or `null`. */
  readonly missing: string | null;
  start(options?: MediaServerOptions): Promise<MediaServer>;
}
