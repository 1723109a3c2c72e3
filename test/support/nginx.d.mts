/** Types of `nginx.mjs`, which the runner needs before anything is compiled. */
/** The program, where there is one that makes its certificate too; else `null`. */
export declare function findNginx(env?: NodeJS.ProcessEnv): string | null;
/** Like `findNginx`, but installs it if it may; throws one sentence that says what to do. */
export declare function ensureNginx(say?: (line: string) => void): string;
