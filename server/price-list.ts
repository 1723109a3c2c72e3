/** The operator's price list, `PRICE_LIST`: JSON, or the path of a file that holds it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { priceUnit, providerKind } from './http/schemas/call-evidence.js';
import type { PriceList } from './domain/evidence/price-list.js';

const MAX_FAULTS = 5;

const schema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD'),
  prices: z
    .array(
      z.strictObject({
        kind: providerKind,
        provider: z.string().min(1).max(200),
        model: z.string().min(1).max(200).nullish(),
        unit: priceUnit,
        price: z.number().min(0),
      }),
    )
    .max(1_000),
});

/** Either the list (`null`: not set) or what is wrong with it, one sentence each. */
export type PriceListResult = { list: PriceList | null; faults: readonly string[] };

/** Never throws. */
export function readPriceList(text: string | undefined): PriceListResult {
  const given = text?.trim();
  if (!given) return { list: null, faults: [] };
  const isFile = !given.startsWith('{');
  const what = isFile ? `PRICE_LIST ${resolve(given)}` : 'PRICE_LIST';
  let json: unknown;
  try {
    json = JSON.parse(isFile ? readFileSync(resolve(given), 'utf8') : given) as unknown;
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    return fault(`${what} ${isJson ? 'is not JSON' : 'cannot be read'}.`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { list: parsed.data, faults: [] };
  const sentences = parsed.error.issues.map(
    ({ path, message }) => `${[what, path.join('.')].join(' ').trim()}: ${message}.`,
  );
  return { list: null, faults: sentences.slice(0, MAX_FAULTS) };
}

function fault(sentence: string): PriceListResult {
  return { list: null, faults: [sentence] };
}
