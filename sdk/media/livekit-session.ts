/** A media session: the page's participation in one LiveKit room. */
import { AgentText } from './agent-text.js';
import { answerTool } from './answer-tool.js';
import { ConnectionFigures } from './connection-figures.js';
import { connectError, disconnectCause } from './disconnect-cause.js';
import { KnownAgain } from './known-again.js';
import { PreConnectAudio } from './pre-connect-audio.js';
import {
  AudioPresets,
  EngineEvent,
  Room,
  RoomEvent,
  RpcError,
  Track,
  type RemoteParticipant,
  type RemoteTrack,
} from './livekit.js';
import type { ClientConnection } from '../wire/call.js';
import type { MediaGrant, MediaListener, MediaSession, OpenMicrophone } from './media-port.js';
import { MicrophoneTrack } from './microphone-track.js';
import { findAgent, readAgentState } from './read-agent-state.js';
import { readMessage, TRANSFER_TOPIC } from './read-message.js';
import { readTranscription } from './read-transcription.js';
import { ReconnectGrace } from './reconnect-grace.js';
import { RemoteAudio } from './remote-audio.js';
import { restarted } from './restarted.js';
import { returnSilently } from './return-silently.js';
import { TextRefusedError } from './text-refused-error.js';
import { transcriptRole } from './transcript-role.js';

const TRANSCRIPTION_TOPIC = 'lk.transcription';
const HEARING_TOPIC = 'dialnexa.hearing';
const QUIET_TOPIC = 'dialnexa.quiet';
const TOOL_METHOD = 'dialnexa.tool';
const HEARING_MS = 1000;

/** `MediaSession` over `livekit-client`. */
export class LivekitSession implements MediaSession {
  readonly #listener: MediaListener;
  readonly #audio = new RemoteAudio();
  readonly #agentText = new AgentText();
  readonly #figures: ConnectionFigures;
  readonly #known = new KnownAgain();
  #mayLeave: () => void = () => {};
  readonly #grace = new ReconnectGrace();
  // `beforeunload` also fires for a click on a mailto: link, which must not end the call; the SDK leaves on `pagehide`.
  readonly #room = new Room({
    disconnectOnPageLeave: false,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: this.#grace,
  });
  #microphone: MicrophoneTrack | null = null;
  #recording: PreConnectAudio | null = null;
  #agentTrack: RemoteTrack | null = null;
  readonly #ending = new AbortController();
  readonly #happened: MediaListener['happened'] = (name, payload) =>
    this.#tell((to) => to.happened(name, payload));
  #over = false;
  #isSilent = false;

  /** `measureMs`: see `MediaEngine`. */
  constructor(listener: MediaListener, measureMs?: number) {
    this.#listener = listener;
    this.#figures = new ConnectionFigures(
      () =>
        Promise.all([this.#microphone?.getRTCStatsReport(), this.#agentTrack?.getRTCStatsReport()]),
      (quality) => this.#happened('quality', quality),
      measureMs,
    );
    this.#room
      .on(RoomEvent.Disconnected, (reason) =>
        this.#finish(() => this.#listener.disconnected(disconnectCause(reason))),
      )
      .on(RoomEvent.Reconnecting, () => {
        this.#known.lost(restarted(this.#room, this.#ending.signal));
        this.#mayLeave = returnSilently(this.#room);
        this.#tell((to) => to.reconnecting());
      })
      .on(RoomEvent.Reconnected, () => {
        this.#grace.whole();
        this.#mayLeave();
        this.#known.joined();
        this.#tell((to) => to.reconnected());
      })
      .on(RoomEvent.ParticipantConnected, (one) => {
        this.#tellAgent();
        if (one.isAgent) void this.#tellQuiet(one);
      })
      .on(RoomEvent.ParticipantDisconnected, () => this.#tellAgent())
      .on(RoomEvent.ParticipantAttributesChanged, () => this.#tellAgent())
      .on(RoomEvent.LocalTrackSubscribed, () => this.#subscribed())
      .on(RoomEvent.DataReceived, (bytes, from, _, topic) => {
        if (!from?.isAgent) return;
        if (topic === HEARING_TOPIC) this.#sendRecording(true);
        readMessage(topic, new TextDecoder().decode(bytes), this.#happened);
      })
      .on(RoomEvent.TrackSubscribed, (track, _, from) => this.#hear(track, from))
      .on(RoomEvent.TrackUnsubscribed, (track) => this.#unhear(track))
      .on(RoomEvent.AudioPlaybackStatusChanged, () =>
        this.#tell((to) => to.playbackBlocked(!this.#room.canPlaybackAudio)),
      );
    this.#room.registerTextStreamHandler(TRANSCRIPTION_TOPIC, (reader, from) => {
      const role = transcriptRole(this.#room, from.identity);
      if (role)
        void readTranscription(reader, role, (piece) => this.#tell((to) => to.transcript(piece)));
    });
    this.#room.registerTextStreamHandler(TRANSFER_TOPIC, (reader, { identity }) => {
      if (!this.#room.remoteParticipants.get(identity)?.isAgent) return;
      const read = (text: string): void => readMessage(TRANSFER_TOPIC, text, this.#happened);
      // What the end of the call cuts off is not whole.
      reader.readAll().then(read, () => {});
    });
    this.#room.registerRpcMethod(TOOL_METHOD, async ({ callerIdentity, payload }) => {
      if (!this.#room.remoteParticipants.get(callerIdentity)?.isAgent) {
        throw new RpcError(RpcError.ErrorCode.UNSUPPORTED_METHOD, '');
      }
      return answerTool(payload, {
        find: (name) => this.#listener.tool(name),
        ran: (event) => this.#happened('toolCall', event),
        over: this.#ending.signal,
      });
    });
  }

  get #agent(): RemoteParticipant | null {
    return findAgent(this.#room.remoteParticipants.values());
  }

  get sid(): string {
    return this.#room.localParticipant.sid;
  }

  get figures(): ClientConnection | null {
    return this.#figures.summary;
  }

  async connect(grant: MediaGrant, microphone: Promise<OpenMicrophone | null>): Promise<void> {
    this.#isSilent = grant.isSilent ?? false;
    const { engine } = this.#room;
    let published: Promise<void> | undefined;
    const publish = async (): Promise<void> => {
      const open = await microphone;
      if (!open || this.#over) return;
      if (!open.muted && !grant.isReturn) this.#recording = PreConnectAudio.record(open.track);
      await this.setMicrophone(open.track, open.muted);
    };
    this.#room.once(RoomEvent.SignalConnected, () => {
      // Publishing as soon as the socket is open saves a round trip.
      published ??= publish();
      published.catch(() => {});
      this.#tell((to) => to.reached('signal'));
    });
    try {
      await this.#room.connect(grant.serverUrl, grant.accessToken);
      this.#tell((to) => to.reached('ice'));
      // Of a room that is gone meanwhile a microphone that never opens would tell nothing.
      await Promise.race([(published ??= publish()), this.#gone()]);
      if (!this.#over) this.#figures.begin();
      this.#tellAgent();
    } catch (cause) {
      await this.disconnect();
      // LiveKit has put another one in its place when the socket failed.
      await closeTransports(engine);
      // Of a microphone that did not open, the call tells by itself.
      throw connectError(cause);
    }
  }

  async disconnect(mayReturn = false): Promise<void> {
    this.#finish(() => {});
    this.#mayLeave();
    // LiveKit removes it when the room is left, and has none before the first connection.
    const engine = this.#room.engine as Room['engine'] | undefined;
    if (mayReturn) await engine?.close().catch(() => {});
    await this.#room.disconnect(false).catch(() => {});
    if (engine) await closeTransports(engine);
  }

  async setMuted(muted: boolean): Promise<void> {
    await (muted ? this.#microphone?.mute() : this.#microphone?.unmute());
  }

  async setMicrophone(track: MediaStreamTrack, muted: boolean): Promise<void> {
    if (this.#microphone) {
      await this.#microphone.replaceTrack(track, { userProvidedTrack: true });
      await this.setMuted(muted);
      return;
    }
    const microphone = new MicrophoneTrack(track);
    this.#microphone = microphone;
    microphone.announcesRecording = this.#recording !== null;
    if (muted) await microphone.mute();
    await this.#room.localParticipant.publishTrack(microphone, {
      source: Track.Source.Microphone,
      audioPreset: AudioPresets.speech,
    });
  }

  async sendText(text: string, isReady: boolean): Promise<boolean> {
    await this.#known.settled;
    const agent = this.#agent;
    return this.#agentText.send(this.#room.localParticipant, agent, text, isReady);
  }

  async ask(what: 'context' | 'tools', payload: string, isReady: boolean): Promise<string | null> {
    await this.#known.settled;
    const agent = this.#agent;
    if (!agent || !(isReady || agent.isActive)) return null;
    const answer = await this.#agentText.ask(this.#room.localParticipant, agent, what, payload);
    if (answer === null && isReady) throw new TextRefusedError('not_supported', null);
    return answer ?? null;
  }

  async sendDigits(digits: string): Promise<void> {
    await this.#known.settled;
    await this.#agentText.press(this.#room.localParticipant, digits);
  }

  tellTyping(): void {
    void this.#agentText.typing(this.#room.localParticipant);
  }

  setVolume(volume: number): void {
    this.#audio.setVolume(volume);
  }

  async setSpeaker(deviceId: string): Promise<void> {
    await this.#room.switchActiveDevice('audiooutput', deviceId);
  }

  async resumeAudio(): Promise<void> {
    await this.#room.startAudio();
  }

  /**
   * Sends pre-connect audio. Agents of this server announce when they can hear; others are sent it a moment after they
   * subscribe.
   */
  #subscribed(): void {
    this.#known.seen();
    if (!this.#agent) return;
    this.#recording?.subscribed();
    setTimeout(() => this.#sendRecording(false), HEARING_MS);
  }

  /** An agent that is to greet need not wait for the recording of a caller who has said nothing yet. */
  async #tellQuiet(agent: RemoteParticipant): Promise<void> {
    await agent.waitUntilActive().catch(() => {});
    if (!(await this.#recording?.isQuiet()) || this.#over) return;
    const to = { topic: QUIET_TOPIC, reliable: true, destinationIdentities: [agent.identity] };
    await this.#room.localParticipant.publishData(new Uint8Array(1), to).catch(() => {});
  }

  #sendRecording(isHearing: boolean): void {
    const agent = this.#agent;
    const recording = this.#recording;
    const me = this.#room.localParticipant;
    const { trackSid } = me.getTrackPublication(Track.Source.Microphone) ?? {};
    if (!agent || !recording || !trackSid) return;
    this.#forgetRecording();
    void recording.send(me, agent, trackSid, isHearing);
  }

  /** A microphone that is published again has no pre-connect audio. */
  #forgetRecording(): void {
    this.#recording = null;
    if (this.#microphone) this.#microphone.announcesRecording = false;
  }

  #hear(track: RemoteTrack, from: RemoteParticipant): void {
    if (track.kind !== Track.Kind.Audio || this.#over) return;
    if (!this.#isSilent) this.#audio.add(track);
    if (!from.isAgent) return;
    this.#agentTrack = track;
    this.#tell((to) => to.agentTrack(track.mediaStreamTrack));
    this.#tellAgent();
  }

  #unhear(track: RemoteTrack): void {
    this.#audio.remove(track);
    if (track !== this.#agentTrack) return;
    this.#agentTrack = null;
    this.#tell((to) => to.agentTrack(null));
  }

  #tellAgent(): void {
    const state = readAgentState(this.#room.remoteParticipants.values());
    this.#tell((to) => to.agentChanged(state));
  }

  /** Rejects with the end of the session. */
  #gone(): Promise<never> {
    const { signal } = this.#ending;
    return new Promise((_, reject) => {
      const end = (): void => reject(new Error('the room was left'));
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
    });
  }

  #tell(say: (to: MediaListener) => void): void {
    if (!this.#over) say(this.#listener);
  }

  #finish(say: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#ending.abort();
    this.#known.seen();
    this.#figures.stop();
    this.#audio.removeAll();
    this.#microphone?.stopMonitor();
    this.#recording?.discard();
    this.#forgetRecording();
    say();
  }
}

/**
 * Closes the peer connections. Up to livekit-client 2.23 an engine that no server has answered counts as closed, and
 * keeps them open.
 */
async function closeTransports(engine: Room['engine']): Promise<void> {
  const close = async () => engine.pcManager?.close().catch(() => {});
  engine.on(EngineEvent.TransportsCreated, () => void close());
  await close();
}
