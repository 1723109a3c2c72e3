/** A provider and those that step in for it, as far as they can be had. */
import type { ProviderPart } from '../../environment/compatible-servers.js';
import { providerName } from './provider-name.js';
import type { ProviderWatch } from './provider-watch.js';

interface Chosen {
  provider: string;
  model?: string;
}

/** In the order in which they are asked. Throws the first one's error where none can be had. */
export async function buildAll<C extends Chosen, T>(
  part: ProviderPart,
  chosen: readonly C[],
  watch: ProviderWatch,
  build: (one: C, name: string) => Promise<T>,
): Promise<[T, ...T[]]> {
  const built: T[] = [];
  const errors: { name: string; error: unknown }[] = [];
  for (const one of chosen) {
    const name = providerName(one);
    try {
      built.push(await build(one, name));
    } catch (error) {
      errors.push({ name, error });
    }
  }
  const [first, ...others] = built;
  if (first === undefined) throw errors[0]?.error;
  for (const { name, error } of errors) watch.failed(part, name, error);
  return [first, ...others];
}

/** Hands everything that is read of a stream to `told` as well. */
export function onEach<T, S extends AsyncIterator<T>>(stream: S, told: (item: T) => void): S {
  const next = stream.next.bind(stream);
  stream.next = async () => {
    const result = await next();
    if (!result.done) told(result.value);
    return result;
  };
  return stream;
}
