/** Types of `build.mjs`, which runs before anything is compiled. */
/** Emits the JavaScript of every folder that runs. Resolves at once when nothing changed. */
export declare function buildCode(say?: (line: string) => void): Promise<void>;
/** Bundles what browsers load. Resolves at once when nothing changed. */
export declare function buildBundles(say?: (line: string) => void): Promise<void>;
