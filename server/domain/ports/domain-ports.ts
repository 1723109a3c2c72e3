/** Everything outside that the verbs work with. */
import type { Analyst } from './analyst.js';
import type { Clock } from './clock.js';
import type { Media } from './media.js';
import type { ObjectStore } from './object-store.js';
import type { PriceList } from '../evidence/price-list.js';
import type { RoomListener } from './room-listener.js';
import type { Store } from './store.js';
import type { Tracer } from './tracer.js';
import type { WebhookSender } from './webhook-sender.js';

/** Handed to every verb as its first argument. */
export interface DomainPorts {
  readonly store: Store;
  readonly media: Media;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  /** For the transcript of calls whose agent reports nothing; without it they have none. */
  readonly roomListener?: RoomListener;
  /** Analyses calls that have ended; without it none is. */
  readonly analyst?: Analyst;
  /**
   * Whether the environment holds a provider's key, or for `openai_compatible` the address of a server for this part;
   * `offline` always counts as configured.
   */
  isProviderConfigured(part: 'transcriber' | 'llm' | 'voice', provider: string): boolean;
  /** The name under which the agent worker is registered with the media server. */
  readonly agentName: string;
  readonly webhooks: WebhookSender;
  /** The address under which the recording of a call is fetched until then. */
  recordingLink(callId: string, expiresAt: Date): string;
  /** Without it no call is traced. */
  readonly tracer?: Tracer;
  /** What the operator pays; without it no call has a cost. */
  readonly prices?: PriceList | null;
  /** Names of fields that are taken out of functions' arguments and answers, beside those that everybody keeps secret. */
  readonly redactFields?: readonly string[];
  /** The media server's address for browsers. */
  readonly mediaUrl: string;
}
