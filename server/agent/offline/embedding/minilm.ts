/** MiniLM (all-MiniLM-L6-v2, 8-bit) on onnxruntime: sentences in, vectors of 384 numbers out. English. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ort from 'onnxruntime-node';
import type { Embedder } from './embedder.js';
import { createWordPiece } from './word-piece.js';

/** What the model was trained on; of a longer text the beginning counts. */
const MOST_TOKENS = 128;

/** Loads `model.onnx` and `vocab.txt` from the folder. Throws when they are not there. */
export async function loadMiniLm(dir: string): Promise<Embedder> {
  const [vocabulary, session] = await Promise.all([
    readFile(join(dir, 'vocab.txt'), 'utf8'),
    ort.InferenceSession.create(join(dir, 'model.onnx'), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
    }),
  ]);
  const tokensOf = createWordPiece(vocabulary, MOST_TOKENS);

  async function embedOne(text: string): Promise<Float32Array> {
    const ids = tokensOf(text);
    const row = (values: readonly number[]): ort.Tensor =>
      new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
    const output = await session.run({
      input_ids: row(ids),
      attention_mask: row(ids.map(() => 1)),
      token_type_ids: row(ids.map(() => 0)),
    });
    const hidden = output['last_hidden_state'] as ort.Tensor;
    return meanOf(hidden.data as Float32Array, ids.length);
  }

  return {
    async embed(texts) {
      const vectors: Float32Array[] = [];
      // One by one: the model rounds by the largest number of what it is given, so that a text's vector would depend on
      // its neighbours; and whoever shares this process gets a turn in between.
      for (const text of texts) vectors.push(await embedOne(text));
      return vectors;
    },
  };
}

/** The mean of the tokens' vectors, stretched to length 1. */
function meanOf(hidden: Float32Array, tokens: number): Float32Array {
  const size = hidden.length / tokens;
  const mean = new Float32Array(size);
  for (let at = 0; at < hidden.length; at += 1) {
    mean[at % size] = (mean[at % size] ?? 0) + (hidden[at] ?? 0);
  }
  const length = Math.hypot(...mean) || 1;
  return mean.map((value) => value / length);
}
