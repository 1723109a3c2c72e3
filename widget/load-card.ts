/** Loads all that a call needs beyond its button, at the first sign that one is wanted. */
import { isNamedBy, watchPolicy } from '../sdk/page/policy-watch.js';
import type * as CallCardModule from './call-card.js';
import { CardLoadError } from './card-load-error.js';

type CardModule = typeof CallCardModule;

let loaded: CardModule | null = null;
let loading: Promise<CardModule> | null = null;

/** Loads it once. Throws `CardLoadError`; what could not be loaded is tried again at the next sign. */
export function loadCard(): Promise<CardModule> {
  loading ??= load();
  return loading;
}

/** Loads the media code beside it: the card would ask for that only once it is there itself. What fails is told by the call. */
export function loadMediaBeside(): void {
  import('../sdk/media/livekit-engine.js').catch(() => undefined);
}

/** What has been loaded; `null`: not yet. */
export function loadedCard(): CardModule | null {
  return loaded;
}

async function load(): Promise<CardModule> {
  try {
    loaded = await watchPolicy(
      () => import('./call-card.js'),
      isNamedBy,
      (forbidden, cause) => CardLoadError.forbidden(forbidden, cause),
    );
    return loaded;
  } catch (cause) {
    loading = null;
    throw CardLoadError.from(cause);
  }
}
