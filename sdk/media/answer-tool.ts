/** Runs a function of the page for the agent, within its time. */
import type { CallEvents, ToolFault } from '../events.js';
import type { ClientTool } from '../tools/client-tool.js';
import type { ClientToolCall } from '../wire/client-tool.js';
import { RpcError } from './livekit.js';

const FAILED = 4101;
const LARGEST_ANSWER = 12_000;
const LONGEST_REASON = 300;
const DEFAULT_TIMEOUT_MS = 10_000;

/** Where the functions are, and who is told that one has run. */
export interface ToolShelf {
  find(name: string): ClientTool | undefined;
  ran(event: CallEvents['toolCall']): void;
  /** Aborts with the call. */
  over: AbortSignal;
}

/** Resolves with the answer as JSON. Throws the `RpcError` that tells the agent why there is none. */
export async function answerTool(request: string, { find, ran, over }: ToolShelf): Promise<string> {
  const { name, arguments: args } = JSON.parse(request) as ClientToolCall;
  const began = performance.now();
  const tell = (code: ToolFault | null, error?: unknown): void =>
    ran({ name, code, ms: Math.round(performance.now() - began), ...(code ? { error } : {}) });
  const time = new AbortController();
  const stop = (): void => time.abort();
  over.addEventListener('abort', stop);
  const tool: Pick<ClientTool, 'run' | 'timeoutMs'> = find(name) ?? { run: noSuchTool };
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = tool;
  const timer = setTimeout(stop, timeoutMs);
  try {
    const answer = await Promise.race([
      Promise.resolve().then(() => tool.run(args, { signal: time.signal })),
      new Promise<never>((_, reject) => time.signal.addEventListener('abort', reject)),
    ]);
    // Of a function or a symbol JSON makes nothing, whatever its types say.
    const json = (JSON.stringify(answer ?? null) as string | undefined) ?? 'null';
    if (new TextEncoder().encode(json).length > LARGEST_ANSWER) {
      throw new RangeError(`the answer is larger than ${LARGEST_ANSWER} bytes`);
    }
    tell(null);
    return json;
  } catch (cause) {
    const isLate = time.signal.aborted && !over.aborted;
    const code = isLate ? 'tool_timeout' : 'tool_failed';
    const error = isLate ? new Error(`no answer within ${timeoutMs} ms`) : cause;
    tell(code, error);
    throw new RpcError(FAILED, code, reasonOf(error).slice(0, LONGEST_REASON));
  } finally {
    clearTimeout(timer);
    over.removeEventListener('abort', stop);
  }
}

/** Whatever a page throws: even what cannot be written. */
function reasonOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'it threw what cannot be written';
  }
}

function noSuchTool(): never {
  throw new Error('the page has no function of that name any more');
}
