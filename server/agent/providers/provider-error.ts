/** A version asks for something that this worker cannot give. */

/** One sentence that says what to set. */
export class ProviderError extends Error {
  readonly code = 'provider_not_configured';

  private constructor(message: string) {
    super(message);
    this.name = 'ProviderError';
  }

  /** No key in the environment. */
  static noKey(provider: string): ProviderError {
    return new ProviderError(`The agent worker has no API key for ${provider}.`);
  }

  /** The offline model has nothing to say. */
  static noDialogue(): ProviderError {
    return new ProviderError('The version uses the offline language model but has no dialogue.');
  }
}
