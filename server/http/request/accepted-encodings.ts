/** Which content codings a request accepts. */

/** The codings that an answer of ours may have, the smallest first. */
export const ENCODINGS = ['br', 'gzip'] as const;

/** One of them. */
export type Encoding = (typeof ENCODINGS)[number];

/** Reads `Accept-Encoding`: the codings to choose from, the preferred first; none when the bytes must go as they are. */
export function acceptedEncodings(header: string | undefined): Encoding[] {
  const weights = new Map<string, number>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', weight = 'q=1'] = part.split(';').map((piece) => piece.trim());
    weights.set(name, Number(/^q=([\d.]+)$/.exec(weight)?.[1]));
  }
  const plain = weights.get('identity') ?? 0;
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  return ENCODINGS.filter((one) => weightOf(one) > 0 && weightOf(one) >= plain).sort(
    (a, b) => weightOf(b) - weightOf(a),
  );
}
