/** What a call used, added up, and what it costs by the operator's prices. */
import type {
  CallCost,
  CallUsage,
  CostPart,
  PriceUnit,
  ProviderUsage,
} from '../../../sdk/wire/call.js';
import type { PriceList } from './price-list.js';

const MINUTE_MS = 60_000;
const MILLION = 1_000_000;
const MAX_DECIMALS = 10;

type Figure = Exclude<keyof ProviderUsage, 'kind' | 'provider' | 'model'>;
const UNITS: readonly [figure: Figure, unit: PriceUnit, size: number][] = [
  ['speech_ms', 'minute', MINUTE_MS],
  ['input_tokens', 'million_input_tokens', MILLION],
  ['output_tokens', 'million_output_tokens', MILLION],
  ['characters', 'million_characters', MILLION],
];

/** Adds up what was used of each model. */
export function usageOf(providers: readonly ProviderUsage[]): CallUsage {
  const sum = (kind: ProviderUsage['kind'], figure: Figure): number =>
    providers.reduce((total, one) => total + (one.kind === kind ? (one[figure] ?? 0) : 0), 0);
  return {
    speech_ms: sum('transcriber', 'speech_ms'),
    llm_input_tokens: sum('llm', 'input_tokens'),
    llm_output_tokens: sum('llm', 'output_tokens'),
    voice_characters: sum('voice', 'characters'),
    providers: [...providers],
  };
}

/**
 * One part for each figure that was used. Where a transcriber or voice has a price in one unit, its other figures are other
 * measures of the same, and left out. `null` without a list.
 */
export function costOf(usage: CallUsage | null, list: PriceList | null): CallCost | null {
  if (!usage || !list) return null;
  const parts = usage.providers.flatMap((used) => partsOf(used, list));
  const total = rounded(parts.reduce((sum, { amount }) => sum + (amount ?? 0), 0));
  return { currency: list.currency, total, parts };
}

function partsOf(used: ProviderUsage, list: PriceList): CostPart[] {
  const { kind, provider, model } = used;
  const parts = UNITS.flatMap(([figure, unit, size]): CostPart[] => {
    const quantity = rounded((used[figure] ?? 0) / size);
    if (quantity === 0) return [];
    const price = priceOf(used, unit, list);
    const amount = price === null ? null : rounded(quantity * price);
    return [{ kind, provider, model, quantity, unit, price, amount }];
  });
  const priced = parts.filter(({ price }) => price !== null);
  return kind === 'llm' || priced.length === 0 ? parts : priced;
}

/** The model's own price, or that of its provider. */
function priceOf(
  { kind, provider, model }: ProviderUsage,
  unit: PriceUnit,
  { prices }: PriceList,
): number | null {
  const fitting = prices.filter(
    (one) => one.kind === kind && one.provider === provider && one.unit === unit,
  );
  const own = fitting.find((one) => one.model != null && one.model === model);
  return (own ?? fitting.find((one) => one.model == null))?.price ?? null;
}

function rounded(value: number): number {
  return Number(value.toFixed(MAX_DECIMALS));
}
