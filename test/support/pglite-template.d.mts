/** Makes an empty PGlite folder in the cache, once, and answers where. */
export function ensurePgliteTemplate(): Promise<string>;
/** Gives a data folder a database without tables, as far as there is a template. */
export function copyPgliteTemplate(dataDir: string): void;
