/** Types of `postgres-server.mjs`, which the runner needs before anything is compiled. */
/** The folder of `initdb` and `pg_ctl`: the newest version's, else the one on PATH, else `null`. */
export declare function findPostgres(env?: NodeJS.ProcessEnv): string | null;
/** Like `findPostgres`, but installs it if it may; throws one sentence that says what to do. */
export declare function ensurePostgres(say?: (line: string) => void): string;
