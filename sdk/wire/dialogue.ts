/** What the offline language model knows: data of a published version, never code. */

/** Placeholder until the offline voice lands; see the file of the same name. */
export interface Dialogue {
  intents: Record<string, unknown>[];
}
