/** Types of `build.mjs`, which runs before anything is compiled. */
/** Emits the JavaScript that Node runs. Resolves at once when nothing changed. */
export declare function buildCode(say?: (line: string) => void): Promise<void>;
/** Emits the whole package, with its types unchecked. Resolves at once when nothing changed. */
export declare function buildPackage(say?: (line: string) => void): Promise<void>;
/**
 * Bundles what browsers load. Resolves at once when nothing changed. `isQuick` takes a third of the time for up to a
 * fifth more bytes: for a product that is tried out.
 */
export declare function buildBundles(
  say?: (line: string) => void,
  options?: { isQuick?: boolean },
): Promise<void>;
