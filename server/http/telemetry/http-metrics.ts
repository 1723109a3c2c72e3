/** Request counts and durations for Prometheus, kept in this process. */

/** Seconds at which the histogram's buckets end. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  labels: string;
  counts: number[];
  sum: number;
  total: number;
}

/** A histogram by method, route pattern and status. */
export class HttpMetrics {
  readonly #series = new Map<string, Series>();

  /** Counts one answered request. */
  observe(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${escape(method)}",route="${escape(route)}",status="${status}"`;
    let series = this.#series.get(labels);
    if (!series) {
      series = { labels, counts: BUCKETS.map(() => 0), sum: 0, total: 0 };
      this.#series.set(labels, series);
    }
    series.sum += seconds;
    series.total += 1;
    BUCKETS.forEach((bound, index) => {
      if (seconds <= bound) series.counts[index] = (series.counts[index] ?? 0) + 1;
    });
  }

  /** The text that Prometheus reads. */
  text(): string {
    const name = 'dialnexa_http_request_duration_seconds';
    const lines = [`# HELP ${name} Time to answer a request.`, `# TYPE ${name} histogram`];
    for (const { labels, counts, sum, total } of this.#series.values()) {
      BUCKETS.forEach((bound, index) => {
        lines.push(`${name}_bucket{${labels},le="${bound}"} ${counts[index] ?? 0}`);
      });
      lines.push(`${name}_bucket{${labels},le="+Inf"} ${total}`);
      lines.push(`${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${total}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

function escape(value: string): string {
  return value.replace(/[\\"\n]/g, '_').slice(0, 120);
}
