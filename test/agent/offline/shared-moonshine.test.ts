/** The recogniser that the calls of a worker share: asked when it answers, replaced when it does not. */
import { describe, expect, it } from 'vitest';
import { decodeNumbers, encodeNumbers } from '../../../server/agent/offline/shared-process.js';
import type { SharedProcess } from '../../../server/agent/offline/shared-process.js';
import { openSharedMoonshine } from '../../../server/agent/offline/speech/shared-moonshine.js';
import type { Moonshine } from '../../../server/agent/offline/speech/moonshine.js';
import type { RecogniserRequest } from '../../../server/agent/offline/speech/shared-moonshine.js';

const speech = Float32Array.from([0, 0.5, -1, 0.25]);
const ownRecogniser: Moonshine = {
  recognize: (samples) => Promise.resolve({ text: `own ${samples.length}`, confidence: 1 }),
};
const never = (): Promise<Moonshine> => Promise.reject(new Error('its own was not wanted'));

/** Understands how many samples it was sent; `answers` decides what becomes of each request. */
function sharedProcess(answers: (request: number) => Promise<object> | null): SharedProcess {
  let requests = 0;
  return {
    ask: (_method, data) => {
      requests += 1;
      const { samples } = data as RecogniserRequest;
      const told = { text: `shared ${decodeNumbers(samples).length}`, confidence: 0.5 };
      return answers(requests) ?? Promise.resolve(told);
    },
  };
}

describe('the shared recogniser', () => {
  it('hears every sample as it was said', () => {
    expect(decodeNumbers(encodeNumbers(speech))).toEqual(speech);
    expect(decodeNumbers(encodeNumbers(speech.subarray(1, 3)))).toEqual(speech.subarray(1, 3));
  });

  it('is asked by a call, which then needs none of its own', async () => {
    const moonshine = await openSharedMoonshine(
      sharedProcess(() => null),
      never,
    );
    expect(await moonshine.recognize(speech)).toEqual({ text: 'shared 4', confidence: 0.5 });
  });

  it('is told what is likely to be said', async () => {
    const told: unknown[] = [];
    const shared: SharedProcess = {
      ask: (_method, data) => {
        told.push((data as RecogniserRequest).vocabulary);
        return Promise.resolve({ text: '', confidence: 0 });
      },
    };
    const moonshine = await openSharedMoonshine(shared, never);
    await moonshine.recognize(speech, ['is my bike ready']);
    expect(told).toEqual([[], ['is my bike ready']]);
  });

  it('is asked once more when its process dies, by then that of another', async () => {
    const shared = sharedProcess((request) =>
      request === 2 ? Promise.reject(new Error('channel closed')) : null,
    );
    const moonshine = await openSharedMoonshine(shared, never);
    expect(await moonshine.recognize(speech)).toMatchObject({ text: 'shared 4' });
  });

  it('is replaced for the rest of the call when its process stays away', async () => {
    const shared = sharedProcess((request) =>
      request === 2 || request === 3 ? Promise.reject(new Error('channel closed')) : null,
    );
    const moonshine = await openSharedMoonshine(shared, () => Promise.resolve(ownRecogniser));
    expect(await moonshine.recognize(speech)).toMatchObject({ text: 'own 4' });
    expect(await moonshine.recognize(speech)).toMatchObject({ text: 'own 4' });
  });

  it('is replaced when it does not answer in time', async () => {
    const shared = sharedProcess(() => new Promise(() => undefined));
    const moonshine = await openSharedMoonshine(shared, () => Promise.resolve(ownRecogniser), 20);
    expect(await moonshine.recognize(speech)).toMatchObject({ text: 'own 4' });
  });

  it('without weights says why, before a caller speaks', async () => {
    const shared = sharedProcess(() => Promise.resolve({ fault: 'no such file' }));
    await expect(openSharedMoonshine(shared, never)).rejects.toThrow('no such file');
  });
});
