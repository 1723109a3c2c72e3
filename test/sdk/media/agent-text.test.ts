/** A text and the connection that loses it, or what was answered to it: the agent takes it once. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentText } from '../../../sdk/media/agent-text.js';
import { RpcError } from '../../../sdk/media/livekit.js';
import type { LocalParticipant, RemoteParticipant } from '../../../sdk/media/livekit.js';
import { takeOnce } from '../../../server/agent/typed/take-once.js';

type Call = Parameters<LocalParticipant['performRpc']>[0];

const { CONNECTION_TIMEOUT, RECIPIENT_DISCONNECTED, RESPONSE_TIMEOUT, UNSUPPORTED_METHOD } =
  RpcError.ErrorCode;
const REFUSED = 4100;
const agent = { identity: 'agent-1', isActive: true } as RemoteParticipant;

let taken: string[];
let asked: string[];
let methods: Record<string, (payload: string) => Promise<unknown>>;
/** What becomes of the next calls: `null` arrives and is answered, a code is what the page learns though it arrived. */
let fates: (number | 'gone' | null)[];
let text: AgentText;

const me = {
  async performRpc({ method, payload }: Call) {
    asked.push(method.replace('dialnexa.', ''));
    const answer = methods[method];
    if (!answer) throw new RpcError(UNSUPPORTED_METHOD, 'unsupported');
    const fate = fates.shift() ?? null;
    if (fate === 'gone') throw new Error('the connection is closed');
    await answer(payload);
    if (fate !== null) throw new RpcError(fate, 'lost');
    return '';
  },
  sendText: (words: string) => Promise.resolve(void taken.push(`chat ${words}`)),
} as unknown as LocalParticipant;

const send = (words: string, isReady = true) => text.send(me, agent, words, isReady);
const give = (words: string) => Promise.resolve((taken.push(words), null));

beforeEach(() => {
  taken = [];
  asked = [];
  fates = [];
  text = new AgentText();
  methods = { 'dialnexa.text_once': takeOnce({ give }), 'dialnexa.text': give };
});

describe('a text', () => {
  it.each([RECIPIENT_DISCONNECTED, RESPONSE_TIMEOUT, CONNECTION_TIMEOUT, 'gone' as const])(
    'that may be lost (%s) is sent again as the same, and taken once',
    async (fate) => {
      fates = [fate, fate];
      expect([await send('yes'), await send('yes'), await send('yes')]).toEqual([
        false,
        false,
        true,
      ]);
      expect(taken).toEqual(['yes']);
      expect(await send('yes')).toBe(true);
      expect(taken).toEqual(['yes', 'yes']);
    },
  );

  it('that is lost three times is given up, and is still the same when the visitor sends it again, for a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    fates = [RESPONSE_TIMEOUT, RESPONSE_TIMEOUT, RESPONSE_TIMEOUT];
    await send('yes');
    await send('yes');
    await expect(send('yes')).rejects.toThrow('lost');
    expect(await send('yes')).toBe(true);
    expect(taken).toEqual(['yes']);
    fates = [RESPONSE_TIMEOUT];
    expect(await send('no')).toBe(false);
    vi.advanceTimersByTime(61_000);
    expect(await send('no')).toBe(true);
    expect(taken).toEqual(['yes', 'no', 'no']);
    vi.useRealTimers();
  });

  it('that was refused is another one when it is sent again', async () => {
    let refusals = 1;
    const once = takeOnce({
      give: (words) =>
        refusals-- > 0 ? Promise.resolve('too_fast' as const) : give(words).then(() => null),
    });
    methods['dialnexa.text_once'] = async (payload) => {
      const reason = await once(payload);
      if (reason) throw new RpcError(REFUSED, reason);
    };
    await expect(send('yes')).rejects.toMatchObject({ reason: 'too_fast' });
    expect(await send('yes')).toBe(true);
  });

  it('to an agent that knows no ids goes without one, and is sent again once where it has not said that it came', async () => {
    delete methods['dialnexa.text_once'];
    fates = [CONNECTION_TIMEOUT];
    expect([await send('yes'), await send('yes')]).toEqual([false, true]);
    expect(asked).toEqual(['text_once', 'text', 'text']);
    fates = [RECIPIENT_DISCONNECTED];
    await expect(send('no')).rejects.toThrow('lost');
    fates = [CONNECTION_TIMEOUT, CONNECTION_TIMEOUT];
    expect(await send('well')).toBe(false);
    await expect(send('well')).rejects.toThrow('lost');
  });

  it('that comes before the agent has its methods does not cost the later ones their ids', async () => {
    const ready = methods;
    methods = {};
    expect(await send('early', false)).toBe(false);
    methods = ready;
    expect(await send('early', false)).toBe(true);
    expect(asked).toEqual(['text_once', 'text', 'text_once']);
  });

  it('goes as chat to an agent that has neither method, and nowhere without an agent', async () => {
    methods = {};
    expect(await text.send(me, null, 'hello', true)).toBe(false);
    expect(await send('hello')).toBe(true);
    expect(taken).toEqual(['chat hello']);
  });
});
