/** Edits of one agent that meet each other: none is lost, and what is frozen is what was checked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../../support/real-app.js';
import type { AgentVersion, VersionSettings } from '../../../sdk/wire/agent.js';
import type { RealApp } from '../../support/real-app.js';

let real: RealApp;
let path: string;
beforeAll(async () => {
  real = await realApp();
  path = `/v1/agents/${real.first.agent_id}`;
});
afterAll(() => real.close());

const patch = (settings: Partial<VersionSettings>) => real.api('PATCH', path, { settings });
const draftNumber = async () =>
  ((await real.api('GET', path)).body as { draft_version_number: number }).draft_version_number;
const version = async (number: number) =>
  (await real.api('GET', `${path}/versions/${number}`)).body as AgentVersion;

describe('edits at the same moment', () => {
  it('are all kept', async () => {
    const edits = [{ prompt: 'Sell hats.' }, { language: 'de' }, { voice_speed: 2 }];
    const answers = await Promise.all([
      ...edits.map(patch),
      real.api('PATCH', path, { title: 'Hats' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { settings } = await version(await draftNumber());
    expect(settings).toMatchObject(Object.assign({}, ...edits));
    expect((await real.api('GET', path)).body).toMatchObject({ title: 'Hats' });
  });

  it('are in the version that is published meanwhile, or in the draft after it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const number = await draftNumber();
      const prompt = `Round ${round}.`;
      const [edited, published] = await Promise.all([
        patch({ prompt }),
        real.api('POST', `${path}/versions/${number}/publish`, {}),
      ]);
      expect([edited.status, published.status]).toEqual([200, 200]);
      expect((await version(number + 1)).settings.prompt).toBe(prompt);
    }
  });

  it('never publish what would have been refused', async () => {
    const number = await draftNumber();
    const [edited, published] = await Promise.all([
      patch({ dialogue: null, prompt: '' }),
      real.api('POST', `${path}/versions/${number}/publish`, {}),
    ]);
    expect(edited.status).toBe(200);
    const frozen = await version(number);
    expect(frozen.is_published).toBe(published.status === 200);
    expect(frozen.settings.dialogue === null).toBe(!frozen.is_published);
  });
});
