/** Figures for Prometheus, of this process: its requests, its calls, and how it is itself. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds at which the histogram's buckets end. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const OPEN = ['created', 'initiated', 'received'];

/** Processor, memory, event loop and collector: one for all apps of the process, measured from the first reading on. */
let ofProcess: Registry | null = null;

function processFigures(): Registry {
  if (!ofProcess) collectDefaultMetrics({ register: (ofProcess = new Registry()) });
  return ofProcess;
}

/** What the database holds. */
export interface StoredFigures {
  /** Calls by status. */
  calls: Record<string, number>;
  /** Recordings of erased calls that could not be removed yet. */
  failedRemovals: number;
}

/** One app's own. */
export class HttpMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'dialnexa_http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [this.#registry],
  });
  readonly #calls = new Gauge({
    name: 'dialnexa_calls',
    help: 'Call records by status.',
    labelNames: ['status'],
    registers: [this.#registry],
  });
  readonly #openCalls = new Gauge({
    name: 'dialnexa_open_calls',
    help: 'Calls that have not ended.',
    registers: [this.#registry],
  });

  readonly #failedRemovals = new Gauge({
    name: 'dialnexa_failed_removals',
    help: 'Recordings of erased calls that could not be removed yet.',
    registers: [this.#registry],
  });

  /** Counts one answered request. */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route: route.slice(0, 120), status }, seconds);
  }

  /** The text that Prometheus reads. */
  text({ calls, failedRemovals }: StoredFigures): Promise<string> {
    this.#calls.reset();
    for (const [status, count] of Object.entries(calls)) this.#calls.set({ status }, count);
    this.#failedRemovals.set(failedRemovals);
    this.#openCalls.set(OPEN.reduce((sum, status) => sum + (calls[status] ?? 0), 0));
    return Registry.merge([this.#registry, processFigures()]).metrics();
  }
}
