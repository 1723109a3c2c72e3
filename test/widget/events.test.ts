/** Every event of the call is told to the page, by a DOM event of a class of its own. */
import type { CallEventName, CallEvents } from '../../sdk/index.js';
import * as widget from '../../widget/index.js';
import { afterEach, describe, expect, it } from './expect.js';
import { mountActive, unmountAll } from './mount.js';

const TOLD: { [Name in CallEventName]?: CallEvents[Name] } = {
  audioLevel: { user: 0.5, agent: 0 },
  muted: { muted: true },
  audioBlocked: { blocked: false },
  deviceChange: {
    microphones: [],
    speakers: [],
    microphoneId: null,
    speakerId: null,
    cause: 'devices_changed',
  },
  timing: { stage: 'first_agent_audio', ms: 900 },
  functionCall: { name: 'look_up', status: 'started' },
  toolCall: { name: 'show_page', code: null, ms: 12 },
  toolsOffered: { taken: ['show_page'], refused: [] },
  agentChange: { agentId: 'agent_2', agentName: 'Sales' },
  transfer: { name: 'to_sales', destinations: ['+44 20 7946 0018'] },
  quality: { quality: 'poor', rttMs: 900, jitterMs: null, lossPercent: 9 },
};

type Told = Event & { detail: unknown };

describe('an event of the call', () => {
  afterEach(unmountAll);

  for (const [name, detail] of Object.entries(TOLD)) {
    it(`${name} reaches the page, out of its shadow roots, and cannot be cancelled`, async () => {
      const { element, call } = await mountActive();
      const shop = document.createElement('div');
      document.body.append(shop);
      const root = shop.attachShadow({ mode: 'open' });
      // A move within the page: the call goes on.
      root.append(element);
      const heard: Told[] = [];
      const hear = (event: Event): void => void heard.push(event as Told);
      document.addEventListener(`dialnexa-${name.toLowerCase()}`, hear);
      call().emit(name as CallEventName, detail);
      document.removeEventListener(`dialnexa-${name.toLowerCase()}`, hear);
      expect(heard.length).toBe(1);
      const [event] = heard;
      const made = `DialNexa${name[0]!.toUpperCase()}${name.slice(1)}Event`;
      const { [made]: Class } = widget as unknown as Record<string, new () => Event>;
      expect(event instanceof Class!).toBe(true);
      expect(event!.detail).toBe(detail);
      expect([event!.bubbles, event!.composed, event!.cancelable]).toEqual([true, true, false]);
    });
  }

  it('is told without anything drawn, too', async () => {
    const { element, call } = await mountActive();
    element.mode = 'headless';
    await element.updateComplete;
    const heard: string[] = [];
    element.addEventListener('dialnexa-functioncall', ({ detail }) => heard.push(detail.status));
    call().emit('functionCall', { name: 'look_up', status: 'succeeded' });
    expect(heard).toEqual(['succeeded']);
  });
});
