/** Everything around a `DialNexaWebCall`, faked at its ports, and what is left of it afterwards. */
import { DialNexaWebCall } from '../../sdk/index.js';
import type { CallEvents, CallState, WebCallOptions } from '../../sdk/index.js';
import type { CallPorts } from '../../sdk/ports.js';
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
  readonly server: FakeCallsServer;
  readonly media = new FakeMedia();
  readonly microphone = new FakeMicrophone();
  readonly page: FakePage;
  readonly contexts: FakeAudioContext[] = [];
  readonly states: CallState[] = [];
  readonly ended: CallEvents['ended'][] = [];
  readonly errors: CallEvents['error'][] = [];
  mediaFailure: Error | null = null;
  /** Of the AudioContexts to come: what the microphone gives, what it hears of a tone, and whether they run. */
  amplitude = 0;
  echoDb = -120;
  contextState: AudioContextState = 'running';
  readonly call: DialNexaWebCall;
  readonly ports: CallPorts;

  /** `former`: the page before in the same tab, to the same server. */
  constructor(options: Partial<WebCallOptions> = {}, former?: SdkWorld) {
    this.server = former?.server ?? new FakeCallsServer();
    this.page = new FakePage((url, body) => this.server.beacon(url, body));
    this.page.storage = former?.page.storage ?? null;
    const all = {
      apiKey: 'dnx_pk_test',
      agentVersionId: 'av_1',
      serverUrl: 'https://calls.example',
      fetch: this.server.fetch,
      ...options,
    } as WebCallOptions;
    this.ports = {
      page: this.page,
      microphone: this.microphone,
      loadMedia: async () => {
        await ticks(2);
        if (this.mediaFailure) throw this.mediaFailure;
        return this.media;
      },
      createAudioContext: () => {
        const context = new FakeAudioContext();
        context.amplitude = this.amplitude;
        context.echoDb = this.echoDb;
        context.state = this.contextState;
        this.contexts.push(context);
        return context.asContext();
      },
    };
    this.call = new DialNexaWebCall(all, this.ports);
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
      ...this.server.open
        .filter((call) => !call.isBetweenPages)
        .map((call) => `open call record ${call.id}`),
      ...[...this.page.hideListeners].map(() => 'page listener'),
      ...[...this.microphone.listeners].map(() => 'device listener'),
    ];
    if (this.page.awake > 0) found.push('wake lock');
    if (this.page.claims.length > 0) found.push('claim of the one call');
    return found;
  }
}
