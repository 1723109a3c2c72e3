/** The thread of the neural voice: its dictionaries, networks and transform, and the sentences that are being spoken. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { loadOnce } from '../../load-once.js';
import { hibariFiles } from '../../models/model-files.js';
import type { ThreadAnswer } from '../open-thread.js';
import { loadHibari } from './hibari.js';
import type { Hibari } from './hibari.js';

/** A sentence, the rest of one, or that nobody wants the rest. An empty sentence loads the voice. */
export type HibariQuestion = { say: string; speed: number } | { next: string } | { stop: string };

/** A piece of the sentence at 24 kHz; with `handle` one asks for the next. */
export interface HibariPiece {
  pcm: Int16Array;
  handle: string | null;
}

/** Whoever asked for them may be gone. */
const MOST_OPEN = 64;
const FORGOTTEN_AFTER_MS = 30_000;

const open = new LRUCache<string, AsyncGenerator<Int16Array>>({
  max: MOST_OPEN,
  ttl: FORGOTTEN_AFTER_MS,
  ttlAutopurge: true,
  dispose: (sentence) => void sentence.return(undefined).catch(() => undefined),
});

/** Speaks once, so that the first sentence is as quick as the others. */
const load = loadOnce(async (): Promise<Hibari> => {
  const files = hibariFiles(workerData as string);
  if (!files) throw new Error('the files of the neural voice are not there');
  const hibari = await loadHibari(files);
  for await (const _ of hibari.speak('Hello, how can I help you today?', 1));
  return hibari;
});

async function answer(question: HibariQuestion): Promise<HibariPiece> {
  if ('stop' in question) {
    open.delete(question.stop);
    return { pcm: new Int16Array(), handle: null };
  }
  if ('next' in question) return pieceOf(question.next);
  const hibari = await load();
  const handle = randomUUID();
  open.set(handle, hibari.speak(question.say, question.speed));
  return pieceOf(handle);
}

async function pieceOf(handle: string): Promise<HibariPiece> {
  const sentence = open.get(handle, { updateAgeOnGet: true });
  if (!sentence) throw new Error('the rest of the sentence is forgotten');
  const piece = await sentence.next();
  if (!piece.done) return { pcm: piece.value, handle };
  open.delete(handle);
  return { pcm: new Int16Array(), handle: null };
}

parentPort?.on('message', (question: HibariQuestion & { id: number }) => {
  const { id } = question;
  const tell = (told: ThreadAnswer<HibariPiece>): void => {
    parentPort?.postMessage(told);
  };
  answer(question).then(
    (piece) => tell({ id, ...piece }),
    (error: unknown) => tell({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
