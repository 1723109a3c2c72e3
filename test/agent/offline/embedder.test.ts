/** Sentences to vectors: token ids and likenesses as other programs have them, and one model for all calls of a worker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { likeness } from '../../../server/agent/offline/embedding/embedder.js';
import { loadMiniLm } from '../../../server/agent/offline/embedding/minilm.js';
import { openSharedEmbedder } from '../../../server/agent/offline/embedding/shared-embedder.js';
import { createWordPiece } from '../../../server/agent/offline/embedding/word-piece.js';
import { encodeNumbers } from '../../../server/agent/offline/shared-process.js';
import { cpuMs } from '../../support/cpu-ms.js';
import { miniLm } from '../../support/models.js';
import type { EmbedderRequest } from '../../../server/agent/offline/embedding/shared-embedder.js';
import type { SharedProcess } from '../../../server/agent/offline/shared-process.js';

const dir = miniLm ?? '';

// What the Python package `tokenizers` 0.23 makes of them with the same vocabulary.
describe.skipIf(!miniLm)('tokens', () => {
  const tokensOf = createWordPiece(
    miniLm ? readFileSync(join(miniLm, 'vocab.txt'), 'utf8') : '',
    128,
  );

  it.each([
    ['How much is a night for two adults?', '2129 2172 2003 1037 2305 2005 2048 6001 1029'],
    ["We're open, Mo–Fr.", '2057 1005 2128 2330 1010 9587 1516 10424 1012'],
    [
      "Café Zoë's crème brûlée: £4.50",
      '7668 11199 1005 1055 13675 21382 7987 9307 2063 1024 1069 2549 1012 2753',
    ],
    [
      'unaffable antidisestablishmentarianism',
      '14477 20961 3468 3424 10521 4355 7875 13602 3672 12199 2964',
    ],
    ['  tabs\tand\nlines\u00a0here \u200b zero', '21628 2015 1998 3210 2182 5717'],
    ['東京 tower', '1879 1755 3578'],
    [`${'x'.repeat(120)} end`, '100 2203'],
    [
      'e-mail: info@bike-shop.co.uk',
      '1041 1011 5653 1024 18558 1030 7997 1011 4497 1012 2522 1012 2866',
    ],
    ['naïve façade ﬁne ½ № 😀 ok', '15743 8508 1984 2638 1092 1578 100 7929'],
    ["don't [MASK] me", '2123 1005 1056 1031 7308 1033 2033'],
    ['', ''],
  ])('of %j', (text, ids) => {
    expect(tokensOf(text).join(' ')).toBe(['101', ids, '102'].filter(Boolean).join(' '));
  });

  it('of an endless text are those of its beginning, at once', async () => {
    let ids: readonly number[] = [];
    const took = await cpuMs(() => (ids = [...tokensOf('word '.repeat(1_000_000))]));
    expect(ids).toEqual([101, ...Array<number>(126).fill(2773), 102]);
    expect(took).toBeLessThan(500);
  });
});

describe('the embedder', () => {
  it.skipIf(!miniLm)(
    'finds texts as like as the model does elsewhere, whatever stands beside them',
    async () => {
      const [cost, dog, night, dogs, open] = await (
        await loadMiniLm(dir)
      ).embed([
        'What does a night cost for two people?',
        'Can I bring my dog?',
        'A night for two adults costs forty euros.',
        'Dogs are welcome and cost three euros a night.',
        'The office is open from eight in the morning.',
      ]);
      if (!cost || !dog || !night || !dogs || !open) throw new Error('too few');
      expect(cost).toHaveLength(384);
      expect(likeness(cost, cost)).toBeCloseTo(1, 5);
      // By onnxruntime in Python, each text by itself.
      expect(likeness(cost, night)).toBeCloseTo(0.7279, 2);
      expect(likeness(cost, dogs)).toBeCloseTo(0.4336, 2);
      expect(likeness(dog, dogs)).toBeCloseTo(0.4549, 2);
      expect(likeness(dog, open)).toBeCloseTo(0.0203, 2);
    },
  );

  it('says so when nobody has fetched the model', async () => {
    await expect(loadMiniLm('/nowhere/minilm')).rejects.toThrow(/nowhere/);
  });
});

describe('the embedder that the calls of a worker share', () => {
  /** A text's vector is its length; `answer` may be another one. */
  function fakeShared(answer?: () => Promise<object>): SharedProcess & { asked: string[][] } {
    const asked: string[][] = [];
    return {
      asked,
      ask(_method, data) {
        const { texts } = data as EmbedderRequest;
        asked.push([...texts]);
        const vectors = texts.map((text) => encodeNumbers(Float32Array.from([text.length])));
        return answer?.() ?? Promise.resolve({ vectors });
      },
    };
  }
  const lengths = (vectors: readonly Float32Array[]) => vectors.map((vector) => vector[0]);

  it('is asked for a few texts at a time, and once for each', async () => {
    const shared = fakeShared();
    const embedder = openSharedEmbedder(shared);
    const texts = Array.from({ length: 40 }, (_, at) => 'x'.repeat(at + 1));
    const both = await Promise.all([embedder.embed(texts), embedder.embed(texts)]);
    const again = await embedder.embed(['xx', 'yy', 'xx']);
    expect(lengths(both[0])).toEqual(texts.map((text) => text.length));
    expect(both[1]).toEqual(both[0]);
    expect(lengths(again)).toEqual([2, 2, 2]);
    expect(shared.asked.map((some) => some.length)).toEqual([16, 16, 8, 1]);
  });

  it('may be there later: what failed is asked for again', async () => {
    let isThere = false;
    const shared = fakeShared(() =>
      Promise.resolve(
        isThere ? { vectors: [encodeNumbers(Float32Array.of(1))] } : { fault: 'no such file' },
      ),
    );
    const embedder = openSharedEmbedder(shared);
    await expect(embedder.embed(['x'])).rejects.toThrow('no such file');
    isThere = true;
    expect(lengths(await embedder.embed(['x']))).toEqual([1]);
  });

  it('is not waited for when its process is gone or busy', async () => {
    const gone = fakeShared(() => Promise.reject(new Error('channel closed')));
    await expect(openSharedEmbedder(gone).embed(['x'])).rejects.toThrow('does not answer');
    const busy = fakeShared(() => new Promise(() => undefined));
    await expect(openSharedEmbedder(busy, 20).embed(['x'])).rejects.toThrow('does not answer');
  });
});
