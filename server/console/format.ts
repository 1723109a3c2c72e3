/** Writes times and values as an operator reads them, in the language of the browser. */
import { formatDuration } from '../../widget/format-duration.js';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const brief = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** Date and time to the second. */
export function formatMoment(at: string): string {
  return moment.format(new Date(at));
}

/** Day, hour and minute. */
export function formatBrief(at: string): string {
  return brief.format(new Date(at));
}

/** `1:05`, as players write it: the seconds that are full; or a dash. */
export function formatLength(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}

/** `+1.25 s` after the start of the call. */
export function formatOffset(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(2)} s`;
}

/** A latency, or a dash. */
export function formatLatency(ms: number | null): string {
  return ms === null ? '–' : `${Math.round(ms).toLocaleString()} ms`;
}

/** A value of metadata or of a timeline row. */
export function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** An amount of money; a call costs parts of a cent. */
export function formatMoney(amount: number, currency: string): string {
  return amount.toLocaleString(undefined, {
    style: 'currency',
    currency,
    maximumFractionDigits: 4,
  });
}
