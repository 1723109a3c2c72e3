/** Types of `chromium.mjs`, which the runner needs before anything is compiled. */
export declare const chromiumFlags: string[];
/** The path of a browser, or `null`. */
export declare function findChromium(env?: NodeJS.ProcessEnv): string | null;
/** Like `findChromium`, but installs one if it may; throws one sentence that says what to do. */
export declare function ensureChromium(say?: (line: string) => void): string;
