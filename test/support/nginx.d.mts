/** Types of `nginx.mjs`. */
/** The program, or `null`: there is none, and it may not be installed. */
export declare function ensureNginx(say?: (line: string) => void): string | null;
