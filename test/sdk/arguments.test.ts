/** What a page may hand to a call wrongly: every method says what is wrong, with a code that stays, and does nothing. */
import { describe, expect, it } from 'vitest';
import { CallError, DialNexaWebCall } from '../../sdk/index.js';
import type { CallEventName } from '../../sdk/index.js';
import { FakeTrack } from '../fakes/fake-track.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';

/** A method of a call as plain JavaScript sees it. */
type Method = (...given: unknown[]) => unknown;

const circle: Record<string, unknown> = { type: 'object' };
circle['itself'] = circle;
const ODDS: readonly unknown[] = [
  ...[null, undefined, NaN, Infinity, -1, 9, 1.5, 10n, true, false],
  ...[Symbol('odd'), [], {}, () => 'odd', new Date(NaN), circle, Object.create(null)],
];

/** What a method answers to odd arguments: `null` where it takes them. Anything but a `CallError` breaks the test. */
async function codeOf(
  world: SdkWorld,
  method: string,
  ...given: unknown[]
): Promise<string | null> {
  const call = world.call as unknown as Record<string, Method>;
  try {
    await call[method]?.(...given);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(CallError);
    const { code, message, remedy } = error as CallError;
    expect(message).not.toMatch(/\[object|undefined|TypeError|Symbol\(/);
    expect([message.length < 500, remedy]).toEqual([true, message]);
    return code;
  }
}

/** An object that throws as soon as its member is read. */
function trap(member: string): object {
  const get = (): never => {
    throw new Error('a trap of the page');
  };
  return Object.defineProperty({}, member, { get, enumerable: true });
}
const TRAPS: readonly object[] = ['has', 'ownKeys'].map(
  (name) => new Proxy({}, { [name]: () => trap('it')['it' as never] }),
);

const allBut = (...fine: unknown[]): unknown[] => ODDS.filter((odd) => !fine.includes(odd));

describe.each(['before a call', 'in a call', 'after a call'])('%s', (when) => {
  async function open(): Promise<SdkWorld> {
    const world = new SdkWorld();
    if (when !== 'before a call') await world.answered();
    if (when === 'after a call') await world.call.end();
    return world;
  }

  it.each(['sendText', 'sendContext', 'sendDigits', 'setSpeaker', 'setMicrophone'])(
    '%s() takes texts only',
    async (method) => {
      const world = await open();
      for (const odd of ODDS) expect(await codeOf(world, method, odd)).toBe('invalid_options');
      await world.call.end();
    },
  );

  it('setVolume(), rate(), registerTool(), on() and once() take what they say', async () => {
    const world = await open();
    const takes = async (method: string, given: unknown[][]): Promise<void> => {
      for (const odd of given) {
        expect([odd, await codeOf(world, method, ...odd)]).toEqual([odd, 'invalid_options']);
      }
    };
    await takes(
      'setVolume',
      [...ODDS, '0.5', 2].map((odd) => [odd]),
    );
    await takes(
      'rate',
      [...ODDS, '5', 0, 6].map((odd) => [odd]),
    );
    await takes(
      'rate',
      [...allBut(null, undefined), 'x'.repeat(2_001)].map((odd) => [5, odd]),
    );
    const tool = { name: 'show', description: 'Shows.', run: () => 1 };
    await takes(
      'registerTool',
      [...ODDS, trap('run'), { ...tool, parameters: trap('type') }].map((odd) => [odd]),
    );
    for (const member of ['name', 'description', 'run']) {
      const isFine = (odd: unknown): boolean => member === 'run' && typeof odd === 'function';
      const odds = ODDS.filter((odd) => !isFine(odd));
      await takes(
        'registerTool',
        odds.map((odd) => [{ ...tool, [member]: odd }]),
      );
    }
    for (const member of ['parameters', 'timeoutMs']) {
      const odds = allBut(undefined);
      await takes(
        'registerTool',
        odds.map((odd) => [{ ...tool, [member]: odd }]),
      );
    }
    for (const method of ['on', 'once']) {
      const odds = [...ODDS, 'statechange', 'toString', 'x'.repeat(10_000)];
      await takes(
        method,
        odds.map((odd) => [odd, () => {}]),
      );
      const others = ODDS.filter((odd) => typeof odd !== 'function');
      await takes(
        method,
        others.map((odd) => ['ended', odd]),
      );
    }
    for (const odd of ODDS) world.call.off(odd as never, odd as never);
    await world.call.end();
  });
});

it('on() and once() take every event there is', () => {
  const { call } = new SdkWorld();
  const events: Record<CallEventName, true> = {
    ...{ stateChange: true, transcript: true, agentState: true, audioLevel: true, muted: true },
    ...{ audioBlocked: true, deviceChange: true, timing: true, functionCall: true },
    ...{ toolCall: true, toolsOffered: true, agentChange: true, transfer: true },
    ...{ quality: true, error: true, ended: true },
  };
  for (const name of Object.keys(events) as CallEventName[]) {
    call.on(name, () => {})();
    call.once(name, () => {})();
  }
});

describe('start() and resume()', () => {
  const others = allBut(undefined, ODDS[12]).filter((odd) => {
    const isObject = typeof odd === 'object' && odd !== null && !Array.isArray(odd);
    return !isObject || Object.keys(odd).length > 0;
  });

  it('take options in one object, of their own alone, and begin nothing with others', async () => {
    const world = new SdkWorld();
    for (const odd of [...others, 'textOnly', { textonly: true }, { variables: {} }]) {
      expect([odd, await codeOf(world, 'start', odd)]).toEqual([odd, 'invalid_options']);
      expect([odd, await codeOf(world, 'resume', odd)]).toEqual([odd, 'invalid_options']);
    }
    for (const odd of allBut(null, undefined, true, false)) {
      for (const name of ['textOnly', 'microphone', 'signal']) {
        expect(await codeOf(world, 'start', { [name]: odd })).toBe('invalid_options');
      }
    }
    const signals = [new EventTarget(), { addEventListener: () => {} }, { aborted: false }];
    const ended = new FakeTrack();
    ended.stop();
    const given = [
      ...[...TRAPS, trap('signal'), { microphone: trap('kind') }, { signal: trap('aborted') }],
      ...signals.map((signal) => ({ signal })),
      ...[{ kind: 'audio' }, ended].map((microphone) => ({ microphone })),
    ];
    for (const odd of given) {
      expect(await codeOf(world, 'start', odd)).toBe('invalid_options');
      expect(await codeOf(world, 'resume', odd)).toBe('invalid_options');
    }
    expect([world.states, world.server.requests, world.microphone.asked]).toEqual([[], [], []]);
    expect((await failure(world.call.start({ variables: {} } as never))).message).toContain(
      "All others are the constructor's",
    );
  });

  it('take the event of a click, and what a framework has not set', async () => {
    const world = new SdkWorld();
    await world.call.start(new Event('click') as never);
    await world.call.end();
    await world.call.start({ nativeEvent: {}, target: null } as never);
    await world.call.end();
    await world.call.start({ microphone: null, textOnly: null, signal: null } as never);
    expect(world.call.muted).toBe(false);
    await world.call.end();
    expect(world.ended).toHaveLength(3);
  });
});

describe('the options of a call', () => {
  const base = { apiKey: 'dnx_pk_test', agentVersionId: 'av_1' };
  const why = (options: object): string => {
    try {
      new SdkWorld({ ...base, ...options });
      return 'taken';
    } catch (error) {
      expect(error).toBeInstanceOf(CallError);
      expect((error as CallError).code).toBe('invalid_options');
      return (error as CallError).message;
    }
  };

  it('lead to start() where they belong there', () => {
    expect(why({ textOnly: true })).toBe(
      'textOnly is an option of start(): start({ textOnly: … }).',
    );
    for (const name of ['microphone', 'signal']) {
      expect(why({ [name]: true })).toContain(`${name} is an option of start()`);
    }
  });

  it.each(['wakeLock', 'resume', 'fetch', 'audio', 'consent'])('%s is what it may be', (name) => {
    const objects = ['audio', 'consent'].includes(name);
    for (const odd of allBut(null, undefined)) {
      if (name === 'fetch' && typeof odd === 'function') continue;
      if (name === 'consent' && !odd) continue;
      if (objects && typeof odd === 'object' && !Array.isArray(odd) && odd !== circle) continue;
      if (!objects && name !== 'fetch' && typeof odd === 'boolean') continue;
      if (name === 'audio' && odd === circle) continue;
      expect([odd, why({ [name]: odd })]).toEqual([odd, expect.stringMatching(/^\w+ must be /)]);
    }
    expect(why({ [name]: null })).toBe('taken');
  });

  it('may throw when they are read: that is told as the fault of an option', () => {
    for (const name of ['agentId', 'variables', 'audio']) {
      const options = Object.assign(trap(name), base, { serverUrl: 'https://calls.example' });
      expect(() => new DialNexaWebCall(options as never)).toThrow('cannot be read');
    }
    for (const name of ['variables', 'audio', 'metadata']) {
      for (const value of [trap('deviceId'), TRAPS[1]]) {
        expect(why({ [name]: value })).toMatch(/cannot be read|JSON can carry/);
      }
    }
  });

  it('carry no number that JSON has not, and a secret key nowhere', () => {
    for (const odd of [NaN, Infinity]) expect(why({ variables: { odd } })).toContain('must be');
    for (const name of ['apiKey', 'agentVersionId', 'agentId']) {
      const options = { ...base, serverUrl: 'https://calls.example', [name]: 'dnx_sk_1' };
      expect(() => new DialNexaWebCall(options)).toThrow(/secret key/);
    }
  });

  it('of the sound are what they may be', () => {
    for (const name of ['deviceId', 'speakerId', 'echoCancellation', 'noiseSuppression']) {
      expect(why({ audio: { [name]: 5 } })).toContain(`audio.${name} must be `);
    }
    expect(why({ audio: { volume: '1' } })).toContain('audio.volume');
  });
});

describe('what a call hands out', () => {
  it("is the page's own: whatever it does to that changes nothing", async () => {
    const world = new SdkWorld();
    await world.answered();
    await world.call.sendText('hello');
    const told = await world.call.diagnostics();
    (told.timeline as unknown[]).push('mine');
    Object.assign(told.timeline[0] ?? {}, { type: 'mine' });
    expect(JSON.stringify(await world.call.diagnostics())).not.toContain('mine');
    const before = world.call.transcript;
    expect(world.call.transcript).toBe(before);
    (before as unknown[]).push('mine');
    Object.assign(before[0] ?? {}, { text: 'mine' });
    world.call.on('transcript', (segment) => void Object.assign(segment, { text: 'mine' }));
    await world.call.sendText('again');
    expect(world.call.transcript.map(({ text }) => text)).toEqual(['hello', 'again']);
    expect(() => Object.assign(world.call.state, { status: 'ended' })).toThrow(TypeError);
    expect(world.call.state.status).toBe('active');
    await world.call.end();
  });
});
