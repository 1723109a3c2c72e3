/** Moonshine tiny: speech in, text out, on onnxruntime. Source: the model's own reference decoder. */
import { join } from 'node:path';
import { LlamaTokenizer } from 'llama-tokenizer-js';
import { LRUCache } from 'lru-cache';
import ort from 'onnxruntime-node';
import { createVocabularyBias } from './vocabulary-bias.js';
import type { VocabularyBias } from './vocabulary-bias.js';

const START_TOKEN = 1;
const END_TOKEN = 2;
/** Ids above are the model's own markers. */
const TEXT_TOKENS = 32_000;
const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
const SAMPLE_RATE = 16_000;
/** Six and a half tokens a second is the fastest that anybody speaks. */
const TOKENS_PER_SECOND = 6.5;
/** As many versions' vocabularies are kept prepared. */
const KEPT_VOCABULARIES = 16;

/** Text, and how sure the model was: the geometric mean of its tokens' probabilities. */
export interface Recognition {
  text: string;
  confidence: number;
}

/** The loaded model. */
export interface Moonshine {
  /** `samples`: mono, 16 kHz, −1 to 1. `vocabulary`: sentences that are likely. */
  recognize(samples: Float32Array, vocabulary?: readonly string[]): Promise<Recognition>;
}

type Tensors = Record<string, ort.Tensor>;

/** Loads the weights that `ensureModels` fetched. About a quarter of a second. */
export async function loadMoonshine(dir: string): Promise<Moonshine> {
  const options: ort.InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Unpacks the vocabulary's weights once, when they are loaded: at every word it takes a third of the time.
    extra: { session: { disable_quant_qdq: '1' } },
  };
  const [encoder, decoder] = await Promise.all([
    ort.InferenceSession.create(join(dir, 'encoder_model.onnx'), options),
    ort.InferenceSession.create(join(dir, 'decoder_model_merged.onnx'), options),
  ]);
  const tokenizer = new LlamaTokenizer();
  const biasOf = keepBiases((text) => tokenizer.encode(text, false, true));
  return {
    async recognize(samples, vocabulary = []) {
      const input = new ort.Tensor('float32', samples, [1, samples.length]);
      const encoded = await encoder.run({ input_values: input });
      const hidden = encoded.last_hidden_state as ort.Tensor;
      const limit = Math.ceil((samples.length / SAMPLE_RATE) * TOKENS_PER_SECOND) + 4;
      const { tokens, confidence } = await decode(decoder, hidden, limit, biasOf(vocabulary));
      const words = tokens.filter((token) => token < TEXT_TOKENS);
      return { text: tokenizer.decode(words, false, false).trim(), confidence };
    },
  };
}

/** Calls of the same version share theirs. */
function keepBiases(
  encode: (text: string) => number[],
): (vocabulary: readonly string[]) => VocabularyBias | null {
  const kept = new LRUCache<string, VocabularyBias>({ max: KEPT_VOCABULARIES });
  return (vocabulary) => {
    if (vocabulary.length === 0) return null;
    const name = vocabulary.join('\n');
    const bias = kept.get(name) ?? createVocabularyBias(vocabulary, encode, START_TOKEN);
    kept.set(name, bias);
    return bias;
  };
}

async function decode(
  decoder: ort.InferenceSession,
  hidden: ort.Tensor,
  limit: number,
  bias: VocabularyBias | null,
): Promise<{ tokens: number[]; confidence: number }> {
  let past = emptyPast();
  let before = 0;
  let token = START_TOKEN;
  let logSum = 0;
  const tokens: number[] = [];
  for (let step = 0; step < limit; step += 1) {
    const output = await decoder.run({
      input_ids: new ort.Tensor('int64', BigInt64Array.from([BigInt(token)]), [1, 1]),
      encoder_hidden_states: hidden,
      use_cache_branch: new ort.Tensor('bool', [step > 0], [1]),
      ...past,
    });
    const logits = (output.logits as ort.Tensor).data as Float32Array;
    // Silence is not to be filled with what is likely to be said.
    if (bias && highest(logits) !== END_TOKEN) bias.favour(logits, before, token);
    const next = pick(logits);
    logSum += Math.log(next.probability);
    if (next.token === END_TOKEN) break;
    tokens.push(next.token);
    before = token;
    token = next.token;
    past = nextPast(past, output, step === 0);
  }
  return { tokens, confidence: Math.exp(logSum / (tokens.length + 1)) };
}

function emptyPast(): Tensors {
  const past: Tensors = {};
  for (let layer = 0; layer < LAYERS; layer += 1) {
    for (const part of ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']) {
      const shape = [0, HEADS, 1, HEAD_SIZE];
      past[`past_key_values.${layer}.${part}`] = new ort.Tensor(
        'float32',
        new Float32Array(),
        shape,
      );
    }
  }
  return past;
}

/** What the encoder said is the same at every step and comes with the first only. */
function nextPast(past: Tensors, output: Tensors, isFirst: boolean): Tensors {
  const next: Tensors = { ...past };
  for (const [name, tensor] of Object.entries(output)) {
    if (!name.startsWith('present.')) continue;
    if (!isFirst && name.includes('.encoder.')) continue;
    next[name.replace('present', 'past_key_values')] = tensor;
  }
  return next;
}

function pick(logits: Float32Array): { token: number; probability: number } {
  const token = highest(logits);
  const most = logits[token] ?? -Infinity;
  let sum = 0;
  for (let index = 0; index < logits.length; index += 1) {
    sum += Math.exp((logits[index] ?? -Infinity) - most);
  }
  return { token, probability: 1 / sum };
}

function highest(logits: Float32Array): number {
  let token = 0;
  let most = -Infinity;
  // Plain loops: they run over the whole vocabulary at every word.
  for (let index = 0; index < logits.length; index += 1) {
    const value = logits[index] ?? -Infinity;
    if (value <= most) continue;
    most = value;
    token = index;
  }
  return token;
}
