/** Types of `livekit-server.mjs`, which runs before anything is compiled. */
/** The release that is downloaded or built. */
export declare const livekitVersion: string;
/**
 * The program that is there already: LIVEKIT_SERVER_BIN, else `livekit-server` on PATH, else the cached copy.
 * Throws one sentence when LIVEKIT_SERVER_BIN names no program.
 */
export declare function livekitServerAtHand(
  env?: Readonly<Record<string, string | undefined>>,
): string | null;
/** Like `livekitServerAtHand`, but downloads or builds one; throws one sentence when it cannot. */
export declare function ensureLivekitServer(
  env?: Readonly<Record<string, string | undefined>>,
  say?: (line: string) => void,
): Promise<string>;
