/** The microphone of a call: never louder than wished, never left behind, and found again when it was lost. */
import { describe, expect, it } from 'vitest';
import { CallError } from '../../sdk/index.js';
import { FakeTrack } from '../fakes/fake-track.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';
import { waitFor } from '../support/wait-for.js';

/** What reaches the agent: the voice goes out only when neither the track nor the session is muted. */
function isHeard(world: SdkWorld): boolean {
  const track = world.media.last.microphone as FakeTrack | null;
  return Boolean(track && track.enabled && !track.stopped && !world.media.last.muted);
}

async function broken(): Promise<never> {
  await ticks(1);
  throw new Error('the media engine broke');
}

describe('mute()', () => {
  it.each(Array.from({ length: 12 }, (_, step) => step))(
    'said %i microtasks after unmute() wins',
    async (step) => {
      const world = new SdkWorld();
      await world.call.start({ microphone: false });
      world.media.last.listener.agentChanged('listening');
      const unmuted = world.call.unmute();
      await ticks(step);
      await world.call.mute();
      await unmuted;
      expect(world.call.muted).toBe(true);
      expect(isHeard(world)).toBe(false);
      expect(world.microphone.live.every((track) => !track.enabled)).toBe(true);
      expect(world.call.state).toMatchObject({ muted: true });
      await world.call.end();
      expect(world.leftovers()).toEqual([]);
    },
  );

  it('said while the call connects is known as the microphone is published', async () => {
    const world = new SdkWorld();
    world.media.delay = 20;
    const started = world.call.start();
    while (world.microphone.opened.length === 0 || world.media.sessions.length === 0)
      await ticks(1);
    expect(world.call.muted).toBe(false);
    await world.call.mute();
    await started;
    expect(world.media.last.publishedMuted).toBe(true);
    expect(isHeard(world)).toBe(false);
    await world.call.end();
  });

  it('silences at once, while a question about another microphone is still open', async () => {
    const world = new SdkWorld();
    await world.answered();
    let allow: () => void = () => {};
    world.microphone.answer = new Promise((resolve) => {
      allow = resolve;
    });
    const switched = world.call.setMicrophone('headset');
    await ticks(2);
    await world.call.mute();
    expect(isHeard(world)).toBe(false);
    expect(world.call.muted).toBe(true);
    allow();
    await switched;
    expect(world.microphone.live.map((track) => track.label)).toEqual(['headset']);
    expect(isHeard(world)).toBe(false);
    expect(world.media.last.muted).toBe(true);
    await world.call.end();
  });

  it('said while a new microphone is being taken into use silences that one, too', async () => {
    const world = new SdkWorld();
    await world.answered();
    const taken = world.media.last.setMicrophone.bind(world.media.last);
    world.media.last.setMicrophone = async (track, muted) => {
      await taken(track, muted);
      void world.call.mute();
      expect(track.enabled).toBe(false);
    };
    await world.call.setMicrophone('headset');
    expect(isHeard(world)).toBe(false);
    expect(world.media.last.muted).toBe(true);
    await world.call.end();
  });

  it.each([
    ['mute', true],
    ['unmute', true],
  ] as const)(
    '%s() that the media engine refuses leaves the caller muted and says so',
    async (verb, muted) => {
      const world = new SdkWorld();
      await world.answered();
      if (verb === 'unmute') await world.call.mute();
      world.media.last.setMuted = broken;
      expect(await failure(world.call[verb]())).toMatchObject({ code: 'microphone_failed' });
      expect(world.call.muted).toBe(muted);
      expect(world.call.state).toMatchObject({ muted });
      expect(world.microphone.opened[0]?.enabled).toBe(false);
      await world.call.end();
    },
  );
});

describe('before media is up', () => {
  it.each(Array.from({ length: 22 }, (_, step) => step))(
    'unmute() after %i microtasks opens a microphone that is then heard',
    async (step) => {
      const world = new SdkWorld();
      world.server.delay = 9;
      const started = world.call.start({ microphone: false });
      await ticks(step);
      await world.call.unmute();
      expect(world.microphone.opened).toHaveLength(1);
      await started;
      await waitFor(() => isHeard(world), { what: 'a voice that is heard' });
      expect(world.call.muted).toBe(false);
      await world.call.end();
      expect(world.leftovers()).toEqual([]);
    },
  );

  it.each(Array.from({ length: 22 }, (_, step) => step))(
    'setMicrophone() after %i microtasks is the one that is heard',
    async (step) => {
      const world = new SdkWorld();
      world.server.delay = 9;
      const started = world.call.start();
      await ticks(step);
      await world.call.setMicrophone('headset');
      await started;
      await waitFor(() => world.media.last.microphone?.label === 'headset');
      expect(isHeard(world)).toBe(true);
      expect(world.microphone.live.map((track) => track.label)).toEqual(['headset']);
      await world.call.end();
      expect(world.leftovers()).toEqual([]);
    },
  );

  it('a microphone that is unplugged is replaced in what the agent hears', async () => {
    const world = new SdkWorld();
    world.media.delay = 30;
    const started = world.call.start();
    await waitFor(() => world.media.sessions.length === 1);
    world.microphone.opened[0]?.unplug();
    await started;
    await waitFor(() => world.media.last.microphone === world.microphone.opened[1]?.asTrack());
    expect(isHeard(world)).toBe(true);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('choosing a microphone for a call without one opens none, and is remembered', async () => {
    const world = new SdkWorld();
    await world.call.start({ microphone: false });
    await world.call.setMicrophone('headset');
    expect(world.microphone.asked).toEqual([]);
    await world.call.unmute();
    expect(world.media.last.microphone?.label).toBe('headset');
    await world.call.end();
  });
});

describe('a microphone that was lost', () => {
  async function withoutMicrophone(): Promise<SdkWorld> {
    const world = new SdkWorld();
    await world.answered();
    world.microphone.refusal = new CallError('microphone_not_found');
    world.microphone.opened[0]?.unplug();
    await waitFor(() => world.errors.length > 0);
    expect(world.errors.map((error) => error.code)).toEqual(['microphone_lost']);
    world.microphone.refusal = null;
    return world;
  }

  it('is replaced as soon as another one is plugged in', async () => {
    const world = await withoutMicrophone();
    for (const plugged of world.microphone.listeners) plugged();
    await waitFor(() => isHeard(world), { what: 'a voice that is heard' });
    expect(world.errors).toHaveLength(1);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it.each(['unmute', 'setMicrophone'] as const)('is replaced by %s()', async (verb) => {
    const world = await withoutMicrophone();
    await world.call[verb]('headset');
    expect(isHeard(world)).toBe(true);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('stays muted when it comes back to a caller who is', async () => {
    const world = await withoutMicrophone();
    await world.call.mute();
    for (const plugged of world.microphone.listeners) plugged();
    await waitFor(() => world.microphone.live.length === 1);
    await ticks(9);
    expect(isHeard(world)).toBe(false);
    await world.call.end();
  });

  it.each([0, 1, 4, 30])(
    'time and again, each time after %i turns, is not opened for ever',
    async (turns) => {
      const world = new SdkWorld();
      const { microphone } = world;
      await world.answered();
      const open = microphone.open.bind(microphone);
      microphone.open = async (...wanted) => {
        const track = await open(...wanted);
        const gone = (): void => microphone.opened.at(-1)?.unplug();
        if (turns === 0) gone();
        else void ticks(turns).then(gone);
        return track;
      };
      microphone.opened[0]?.unplug();
      await waitFor(() => world.errors.length > 0);
      await ticks(100);
      expect(world.errors.map(({ code }) => code)).toEqual(['microphone_lost']);
      expect([microphone.opened.length, world.call.state.status]).toEqual([2, 'active']);
      microphone.open = open;
      for (const plugged of microphone.listeners) plugged();
      await waitFor(() => isHeard(world), { what: 'a voice that is heard' });
      await world.call.end();
      expect(world.leftovers()).toEqual([]);
    },
  );

  it('and was the own track of the page opens no real one', async () => {
    const world = new SdkWorld();
    const track = new FakeTrack('mine');
    await world.call.start({ microphone: track.asTrack() });
    track.unplug();
    for (const plugged of world.microphone.listeners) plugged();
    await ticks(30);
    expect(world.microphone.asked).toEqual([]);
    await world.call.end();
  });
});

it('a microphone that has ended when it is opened is none', async () => {
  const world = new SdkWorld();
  const open = world.microphone.open.bind(world.microphone);
  world.microphone.open = async (...wanted) => {
    const track = await open(...wanted);
    world.microphone.opened.at(-1)?.unplug();
    return track;
  };
  expect(await failure(world.call.start())).toMatchObject({ code: 'microphone_failed' });
  await world.call.end();
  expect(world.leftovers()).toEqual([]);
});

describe('a switch of the microphone that fails', () => {
  it('leaves the old one in use, and neither of them behind', async () => {
    const world = new SdkWorld();
    await world.answered();
    const [old] = world.microphone.opened;
    world.media.last.setMicrophone = broken;
    expect((await failure(world.call.setMicrophone('headset'))).code).toBe('microphone_failed');
    expect(world.microphone.live).toEqual([old]);
    expect(isHeard(world)).toBe(true);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it.each(Array.from({ length: 8 }, (_, step) => step))(
    'because the call ends %i microtasks later leaves nothing open',
    async (step) => {
      const world = new SdkWorld();
      await world.answered();
      const switched = world.call.setMicrophone('headset').catch(() => {});
      await ticks(step);
      await world.call.end();
      await switched;
      expect(world.leftovers()).toEqual([]);
    },
  );

  it('because the media engine never answers leaves nothing open after the end', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.media.last.setMicrophone = () => new Promise(() => {});
    void world.call.setMicrophone('headset');
    await waitFor(() => world.microphone.opened.length === 2);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });
});
