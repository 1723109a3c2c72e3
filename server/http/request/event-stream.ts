/** Server-sent events as bytes: made only as fast as they are read, so that a slow reader costs no memory. */

/** One event; `null` for nothing new. */
export interface ServerSentEvent {
  event: string;
  id: string | null;
  data: unknown;
}

/** A comment, so that proxies and readers know that the stream is alive. */
const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long is dropped. */
const STALLED_MS = 30_000;

/** `abort` is called when the reader is gone or dropped. */
export function eventStream(
  events: AsyncIterator<ServerSentEvent | null>,
  abort: () => void,
  { heartbeatMs = HEARTBEAT_MS, stalledMs = STALLED_MS } = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let sentAt = Date.now();
  let stalled: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(stalled);
    abort();
    void events.return?.();
  };
  return new ReadableStream(
    {
      pull: async (controller) => {
        clearTimeout(stalled);
        for (;;) {
          const next = await events.next();
          if (next.done) {
            end();
            controller.close();
            return;
          }
          const { value } = next;
          if (value === null && Date.now() - sentAt < heartbeatMs) continue;
          controller.enqueue(encoder.encode(value === null ? ': still here\n\n' : textOf(value)));
          sentAt = Date.now();
          stalled = setTimeout(() => {
            end();
            controller.error(new Error('The reader takes nothing.'));
          }, stalledMs);
          stalled.unref();
          return;
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

/** JSON has no line breaks, so it is one line of data. */
function textOf({ event, id, data }: ServerSentEvent): string {
  const name = id === null ? '' : `id: ${id}\n`;
  return `event: ${event}\n${name}data: ${JSON.stringify(data)}\n\n`;
}
