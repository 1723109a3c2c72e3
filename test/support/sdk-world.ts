/** Everything around a `DialNexaWebCall`, faked at its ports, and what is left of it afterwards. */
import { DialNexaWebCall } from '../../sdk/index.js';
import type { CallEvents, CallState, WebCallOptions } from '../../sdk/index.js';
import { FakeAudioContext } from '../fakes/fake-audio-context.js';
import { FakeCallsServer } from '../fakes/fake-calls-server.js';
import { FakeMedia } from '../fakes/fake-media.js';
import { FakeMicrophone } from '../fakes/fake-microphone.js';
import { FakePage } from '../fakes/fake-page.js';
import { ticks } from './ticks.js';

/** Node has no media streams; the level meter only passes them on. */
class FakeMediaStream {}
Object.assign(globalThis, { MediaStream: FakeMediaStream });

/** One page with one call object in it. */
export class SdkWorld {
  readonly server = new FakeCallsServer();
  readonly media = new FakeMedia();
  readonly microphone = new FakeMicrophone();
  readonly page = new FakePage((url, body) => this.server.beacon(url, body));
  readonly contexts: FakeAudioContext[] = [];
  readonly states: CallState[] = [];
  readonly ended: CallEvents['ended'][] = [];
  readonly errors: CallEvents['error'][] = [];
  mediaFailure: Error | null = null;
  readonly call: DialNexaWebCall;

  constructor(options: Partial<WebCallOptions> = {}) {
    const all = {
      apiKey: 'dnx_pk_test',
      agentVersionId: 'av_1',
      serverUrl: 'https://calls.example',
      fetch: this.server.fetch,
      ...options,
    } as WebCallOptions;
    this.call = new DialNexaWebCall(all, {
      page: this.page,
      microphone: this.microphone,
      loadMedia: async () => {
        await ticks(2);
        if (this.mediaFailure) throw this.mediaFailure;
        return this.media;
      },
      createAudioContext: () => {
        const context = new FakeAudioContext();
        this.contexts.push(context);
        return context.asContext();
      },
    });
    this.call.on('stateChange', ({ state }) => this.states.push(state));
    this.call.on('ended', (end) => this.ended.push(end));
    this.call.on('error', (error) => this.errors.push(error));
  }

  /** Starts, and lets the agent answer. */
  async answered(): Promise<void> {
    await this.call.start();
    this.media.last.listener.agentChanged('listening');
  }

  /** Everything that a finished call must not leave behind. */
  leftovers(): string[] {
    const found = [
      ...this.microphone.live.map((track) => `live track ${track.label}`),
      ...this.contexts.filter((one) => one.state !== 'closed').map(() => 'open AudioContext'),
      ...this.media.open.map(() => 'open media session'),
      ...this.server.open.map((call) => `open call record ${call.id}`),
      ...[...this.page.hideListeners].map(() => 'page listener'),
      ...[...this.microphone.listeners].map(() => 'device listener'),
    ];
    if (this.page.awake > 0) found.push('wake lock');
    return found;
  }
}
