/** A provider as the record names it. */

/** `provider`, or `provider/model` where the version names a model. */
export function providerName({ provider, model }: { provider: string; model?: string }): string {
  return model === undefined ? provider : `${provider}/${model}`;
}
