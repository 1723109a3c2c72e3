/** What a function of the version does to the call. */
import type { voice } from '@livekit/agents';
import type { llm } from '@livekit/agents';
import { expect, it } from 'vitest';
import { buildTools } from '../../../server/agent/functions/build-tools.js';

type Done = Parameters<voice.SpeechHandle['addDoneCallback']>[0];

/** Lets the model call `end_call`, and the answer that it belongs to end. */
async function hangUp(answer: {
  interrupted: boolean;
}): Promise<{ ended: number; told: string[] }> {
  const seen = { ended: 0, told: [] as string[] };
  const tools = buildTools([{ type: 'end_call', name: 'end_call', description: '' }], {
    allowPrivateHosts: false,
    endCall: () => (seen.ended += 1),
    transfer: () => Promise.resolve(),
    onCalled: (name, ok) => seen.told.push(`${name} ${ok}`),
  }) as unknown as llm.FunctionTool<Record<string, never>>[];
  const done: Done[] = [];
  const ctx = { speechHandle: { addDoneCallback: (callback: Done) => done.push(callback) } };
  await tools[0]?.execute({}, { ctx } as never);
  expect(seen.ended).toBe(0);
  for (const callback of done) callback(answer as voice.SpeechHandle);
  return seen;
}

it('hangs up after its last words', async () => {
  expect(await hangUp({ interrupted: false })).toEqual({ ended: 1, told: ['end_call true'] });
});

it('does not hang up on a caller who breaks in on the goodbye', async () => {
  expect((await hangUp({ interrupted: true })).ended).toBe(0);
});
