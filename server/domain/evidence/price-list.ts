/** What the operator pays for what calls use. */
import type { PriceUnit, ProviderKind } from '../../../sdk/wire/call.js';

/** The price of one unit. */
export interface Price {
  kind: ProviderKind;
  provider: string;
  /** Without one: every model of the provider that has no price of its own in this unit. */
  model?: string | null | undefined;
  unit: PriceUnit;
  /** Not below 0, in the list's currency. */
  price: number;
}

/** All prices, in one currency (ISO 4217). */
export interface PriceList {
  currency: string;
  prices: readonly Price[];
}
