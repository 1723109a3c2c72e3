/** What a call, its worker and the shared process say to each other, and the questions that wait for a reply. */

/** From a call to its worker, and from there to the shared process. */
export interface SharedQuestion {
  type: 'shared_question';
  /** Unique to whoever asks. */
  id: number;
  method: string;
  data: unknown;
}

/** The way back. */
export interface SharedReply {
  type: 'shared_reply';
  id: number;
  /** `null` when the shared process is gone. */
  answer: object | null;
}

/** The shared process takes questions. */
export interface SharedReady {
  type: 'shared_ready';
}

/** Sends, and calls back with what went wrong. */
export type SendQuestion = (
  question: SharedQuestion,
  sent: (error: Error | null) => void,
) => unknown;

interface Waiting {
  resolve(answer: object): void;
  reject(error: Error): void;
  askedAt: number;
}

/** Questions under way over one channel. */
export class OpenQuestions {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #heardAt = 0;

  /** For how many milliseconds the oldest question has waited with nothing heard; 0 without one. */
  get silentMs(): number {
    const [oldest] = this.#waiting.values();
    return oldest ? Date.now() - Math.max(oldest.askedAt, this.#heardAt) : 0;
  }

  /** Rejects when the process that is asked is gone. */
  ask(method: string, data: unknown, send: SendQuestion): Promise<object> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const id = this.#lastId;
      this.#waiting.set(id, { resolve, reject, askedAt: Date.now() });
      send({ type: 'shared_question', id, method, data }, (error) => {
        if (error && this.#waiting.delete(id)) reject(error);
      });
    });
  }

  /** Takes any message; one that is no reply is nothing. */
  heard(message: unknown): void {
    if (!isSharedReply(message)) return;
    this.#heardAt = Date.now();
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.answer) waiting?.resolve(message.answer);
    else waiting?.reject(gone());
  }

  /** Rejects all that wait. */
  nobodyAnswers(): void {
    for (const { reject } of this.#waiting.values()) reject(gone());
    this.#waiting.clear();
  }
}

/** Whether a message is one. */
export function isSharedQuestion(message: unknown): message is SharedQuestion {
  return (message as Partial<SharedQuestion> | null)?.type === 'shared_question';
}

/** Whether a message is one. */
export function isSharedReady(message: unknown): message is SharedReady {
  return (message as Partial<SharedReady> | null)?.type === 'shared_ready';
}

function isSharedReply(message: unknown): message is SharedReply {
  return (message as Partial<SharedReply> | null)?.type === 'shared_reply';
}

function gone(): Error {
  return new Error('the shared process is gone');
}
