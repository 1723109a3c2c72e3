/** Makes an empty PGlite folder in the cache, once. */
export function ensurePgliteTemplate(): Promise<void>;
/** Gives a data folder a database without tables, as far as there is a template. */
export function copyPgliteTemplate(dataDir: string): void;
