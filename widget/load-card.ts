/** Loads all that a call needs beyond its button, at the first sign that one is wanted. */

import type * as CallCardModule from './call-card.js';

type CardModule = typeof CallCardModule;

let loaded: CardModule | null = null;
let loading: Promise<CardModule> | null = null;

/** Loads it once. What could not be loaded is tried again at the next sign. */
export function loadCard(): Promise<CardModule> {
  loading ??= import('./call-card.js').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** What has been loaded; `null`: not yet. */
export function loadedCard(): CardModule | null {
  return loaded;
}
