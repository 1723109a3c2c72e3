/** Times and shares within a sentence. */

/** Figures as one language writes them. */
export interface Figures {
  /** `640 ms`, `1.3 s`, `12 s`, `2 min 5 s`. */
  span(ms: number): string;
  /** `3.5 %`. */
  percent(value: number): string;
}

/** `locale`: BCP 47. */
export function figuresIn(locale: string): Figures {
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const span = (ms: number): string => {
    if (ms < 1_000) return `${Math.round(ms)} ms`;
    const seconds = ms / 1_000;
    if (seconds < 9.95) return `${tenths.format(seconds)} s`;
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole} s`;
    const rest = whole % 60;
    return `${Math.floor(whole / 60)} min${rest > 0 ? ` ${rest} s` : ''}`;
  };
  return { span, percent: (value) => `${tenths.format(value)} %` };
}
