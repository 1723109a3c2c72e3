/** The voice as it runs, on its thread and from the compiled code. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCode } from '../../../scripts/build.mjs';
import type * as Speech from '../../../server/agent/offline/speech/flite.js';

const compiled = new URL('../../../dist/server/agent/offline/speech/flite.js', import.meta.url);
const SENTENCES = 60;

let flite: Speech.Flite;
beforeAll(async () => {
  await buildCode();
  const { openFlite } = (await import(compiled.href)) as typeof Speech;
  flite = openFlite();
});
afterAll(() => flite.close());

it('says one sentence after the other and never falls silent', async () => {
  const lengths: number[] = [];
  for (let at = 0; at < SENTENCES; at += 1) {
    const pcm = await flite.speak(`You find us at ${at} Mill Lane, next to the station.`, 'slt', 1);
    expect(Math.max(...pcm)).toBeGreaterThan(3_000);
    lengths.push(pcm.length / 16_000);
  }
  expect(Math.min(...lengths)).toBeGreaterThan(2);
  expect(Math.max(...lengths)).toBeLessThan(6);
});

it('speaks as fast as it is told', async () => {
  const [slow, own, fast] = await Promise.all(
    [0.8, 1, 1.25].map((speed) => flite.speak('Good morning.', 'slt', speed)),
  );
  expect(slow?.length).toBeGreaterThan((own?.length ?? 0) * 1.1);
  expect(fast?.length).toBeLessThan((own?.length ?? 0) * 0.9);
});

it('says what a reader would say, and no marks', async () => {
  expect(await flite.speak('**', 'slt', 1)).toHaveLength(0);
  const [written, said] = await Promise.all([
    flite.speak('**Open** at 17:05.', 'slt', 1),
    flite.speak('Open at five oh five P M.', 'slt', 1),
  ]);
  expect(written).toEqual(said);
});
