/** Reads the functions that a page offers, whoever has written them. */
import { z } from 'zod';
import type { ClientToolOffer, ClientToolsTaken } from '../../../sdk/wire/client-tool.js';
import { cutText } from '../report/cut-text.js';

const MOST_TOOLS = 20;
/** What comes after that is not even answered. */
const MOST_ENTRIES = 100;
const LONGEST_SCHEMA = 4_000;
const DEEPEST_SCHEMA = 10;
const LONGEST_NAME = 64;
/** Names that objects have of themselves. */
const RESERVED = Object.getOwnPropertyNames(Object.prototype);

const schema = z
  .object({
    type: z.literal('object'),
    properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    required: z.array(z.string()).optional(),
  })
  .loose()
  .refine((one) => depthOf(one) <= DEEPEST_SCHEMA)
  .refine((one) => JSON.stringify(one).length <= LONGEST_SCHEMA);

const offer = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/)
    .refine((name) => !RESERVED.includes(name)),
  description: z.string().min(1).max(1_000),
  parameters: schema,
  timeout_ms: z.int().min(100).max(60_000),
});

/** What was offered: the functions that may be taken, each name once, and those that may not. */
export interface ReadOffers {
  offers: ClientToolOffer[];
  refused: ClientToolsTaken['refused'];
}

/** `null` for what is no list of offers at all. */
export function parseOffers(payload: string): ReadOffers | null {
  const entries = entriesOf(payload);
  if (!entries) return null;
  const read: ReadOffers = { offers: [], refused: [] };
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    const { success, data } = offer.safeParse(entry);
    const reason = success ? whyNot(read.offers, data) : 'invalid';
    if (success && !reason) read.offers.push(data);
    else if (reason) read.refused.push({ name: nameOf(entry), reason });
  }
  return read;
}

function whyNot(
  taken: readonly ClientToolOffer[],
  { name }: ClientToolOffer,
): 'name_taken' | 'too_many' | null {
  if (taken.some((one) => one.name === name)) return 'name_taken';
  return taken.length >= MOST_TOOLS ? 'too_many' : null;
}

function entriesOf(payload: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(payload);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function nameOf(entry: unknown): string {
  const { name } = (entry ?? {}) as { name?: unknown };
  return typeof name === 'string' ? cutText(name, LONGEST_NAME) : '';
}

/** By way of lists, too; gives up where it is too deep, so that nothing is too deep for it. */
function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_SCHEMA) return depth;
  return Math.max(depth, ...Object.values(value).map((member) => depthOf(member, depth + 1)));
}
