/** Keeps PGlite from calling an engine that has ended again and again: nothing else in this process would ever run. */
import type { PGlite } from '@electric-sql/pglite';

/** What PGlite calls for each message, of its version 0.5. */
interface Engine {
  _PostgresMainLoopOnce(): void;
}

/** With this status the engine leaves a statement that has failed, and goes on. */
const STATEMENT_FAILED = 100;

class EngineEnded extends Error {
  override readonly name = 'EngineEnded';

  constructor(cause: unknown) {
    // What tells of an exit is no error of JavaScript's.
    const { message = 'for no known reason' } = (cause ?? {}) as { message?: string };
    super(`The embedded database has ended: ${message}`, { cause });
  }

  /** PGlite catches everything, looks at this, and calls again. */
  get status(): never {
    throw this;
  }
}

/**
 * The query in which the engine ends rejects, and each one after it; `onEnd` is told once. What is on the disk stands, as after
 * any crash: another process opens it again. See https://github.com/electric-sql/pglite/issues/1058.
 */
export function endWithEngine(client: PGlite, onEnd: (error: Error) => void): void {
  const { mod: engine } = client as unknown as { mod?: Partial<Engine> };
  const run = engine?._PostgresMainLoopOnce;
  if (!engine || !run) return;
  let ended: EngineEnded | null = null;
  engine._PostgresMainLoopOnce = () => {
    if (ended) throw ended;
    try {
      run();
    } catch (cause) {
      if ((cause as { status?: unknown } | null)?.status === STATEMENT_FAILED) throw cause;
      ended = new EngineEnded(cause);
      onEnd(ended);
      throw ended;
    }
  };
}
