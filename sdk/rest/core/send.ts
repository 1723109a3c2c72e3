/** Sends one request with a time limit. */

/** The request, as `fetch` takes it. */
export interface SendInit extends Omit<RequestInit, 'signal'> {
  /** Time limit for the whole answer, in ms. */
  timeoutMs: number;
}

/** An answer. */
export interface Answer {
  response: Response;
  /** The body; `null` when it is not JSON. */
  json: unknown;
}

const LATE = 'The server did not answer in time.';

/**
 * Resolves with the answer, whatever its status, as `read` reads it. Rejects as `fetch` does, or with a `TimeoutError`.
 */
export function send(fetcher: typeof fetch, url: string, init: SendInit): Promise<Answer>;
export function send<T>(
  fetcher: typeof fetch,
  url: string,
  init: SendInit,
  read: (response: Response) => Promise<T>,
): Promise<T>;
export async function send(
  fetcher: typeof fetch,
  url: string,
  { timeoutMs, ...init }: SendInit,
  read: (response: Response) => Promise<unknown> = readAnswer,
): Promise<unknown> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(new DOMException(LATE, 'TimeoutError')), timeoutMs);
  try {
    return await read(await fetcher(url, { ...init, signal: control.signal }));
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the body ends too early. */
async function readAnswer(response: Response): Promise<Answer> {
  return parseAnswer(response, await response.text());
}

/** An answer whose body is `text`. */
export function parseAnswer(response: Response, text: string): Answer {
  try {
    return { response, json: JSON.parse(text) as unknown };
  } catch {
    return { response, json: null };
  }
}
