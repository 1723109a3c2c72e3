/** One stay in one LiveKit room. */
import { AgentText } from './agent-text.js';
import { connectError, disconnectCause } from './disconnect-cause.js';
import { EarlyWords } from './early-words.js';
import {
  AudioPresets,
  EngineEvent,
  Room,
  RoomEvent,
  Track,
  type RemoteParticipant,
  type RemoteTrack,
} from './livekit.js';
import type { MediaGrant, MediaListener, MediaSession } from './media-port.js';
import { MicrophoneTrack } from './microphone-track.js';
import { findAgent, readAgentState } from './read-agent-state.js';
import { readTranscription } from './read-transcription.js';
import { reconnectPolicy } from './reconnect-policy.js';
import { RemoteAudio } from './remote-audio.js';
import { transcriptRole } from './transcript-role.js';

const TRANSCRIPTION_TOPIC = 'lk.transcription';
const HEARING_TOPIC = 'dialnexa.hearing';
const HEARING_MS = 1000;

/** `MediaSession` over `livekit-client`. */
export class LivekitSession implements MediaSession {
  readonly #listener: MediaListener;
  readonly #audio = new RemoteAudio();
  readonly #agentText = new AgentText();
  // Leaving on `beforeunload` would end a call for a click on a mailto: link; the SDK leaves on `pagehide`.
  readonly #room = new Room({
    disconnectOnPageLeave: false,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy,
  });
  #microphone: MicrophoneTrack | null = null;
  #earlyWords: EarlyWords | null = null;
  #agentTrack: RemoteTrack | null = null;
  #over = false;

  constructor(listener: MediaListener) {
    this.#listener = listener;
    this.#room
      .on(RoomEvent.Disconnected, (reason) =>
        this.#finish(() => this.#listener.disconnected(disconnectCause(reason))),
      )
      .on(RoomEvent.Reconnecting, () => this.#tell((to) => to.reconnecting()))
      .on(RoomEvent.Reconnected, () => this.#tell((to) => to.reconnected()))
      .on(RoomEvent.ParticipantConnected, () => this.#tellAgent())
      .on(RoomEvent.ParticipantDisconnected, () => this.#tellAgent())
      .on(RoomEvent.ParticipantAttributesChanged, () => this.#tellAgent())
      .on(RoomEvent.LocalTrackSubscribed, () => this.#subscribed())
      .on(RoomEvent.DataReceived, (_, from, __, topic) => {
        if (topic === HEARING_TOPIC && from?.isAgent) this.#sendEarlyWords(true);
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
  }

  async connect(
    grant: MediaGrant,
    microphone: MediaStreamTrack | null,
    muted: boolean,
  ): Promise<void> {
    let published: Promise<void> | undefined;
    const publish = () => {
      if (microphone && !muted && !published) this.#earlyWords = EarlyWords.record(microphone);
      published ??= microphone ? this.setMicrophone(microphone, muted) : Promise.resolve();
      published.catch(() => {});
    };
    // Publishing as soon as the socket is up saves a round trip.
    this.#room.once(RoomEvent.SignalConnected, publish);
    try {
      await this.#room.connect(grant.serverUrl, grant.accessToken);
      publish();
      await published;
      this.#tellAgent();
    } catch (cause) {
      await this.disconnect();
      throw connectError(cause);
    }
  }

  async disconnect(): Promise<void> {
    this.#finish(() => {});
    // Gone from the room afterwards, and not there before the first connection.
    const engine = this.#room.engine as Room['engine'] | undefined;
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
    microphone.announcesEarlyWords = this.#earlyWords !== null;
    if (muted) await microphone.mute();
    await this.#room.localParticipant.publishTrack(microphone, {
      source: Track.Source.Microphone,
      audioPreset: AudioPresets.speech,
    });
  }

  async sendText(text: string, isReady: boolean): Promise<boolean> {
    const agent = findAgent(this.#room.remoteParticipants.values());
    return this.#agentText.send(this.#room.localParticipant, agent, text, isReady);
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

  /** An agent of the server's own says when it hears; others are handed the words a moment later. */
  #subscribed(): void {
    if (!findAgent(this.#room.remoteParticipants.values())) return;
    this.#earlyWords?.subscribed();
    setTimeout(() => this.#sendEarlyWords(false), HEARING_MS);
  }

  #sendEarlyWords(isHearing: boolean): void {
    const agent = findAgent(this.#room.remoteParticipants.values());
    const words = this.#earlyWords;
    const me = this.#room.localParticipant;
    const { trackSid } = me.getTrackPublication(Track.Source.Microphone) ?? {};
    if (!agent || !words || !trackSid) return;
    this.#forgetEarlyWords();
    void words.send(me, agent, trackSid, isHearing);
  }

  /** A microphone that is published again has none. */
  #forgetEarlyWords(): void {
    this.#earlyWords = null;
    if (this.#microphone) this.#microphone.announcesEarlyWords = false;
  }

  #hear(track: RemoteTrack, from: RemoteParticipant): void {
    if (track.kind !== Track.Kind.Audio || this.#over) return;
    this.#audio.add(track);
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

  #tell(say: (to: MediaListener) => void): void {
    if (!this.#over) say(this.#listener);
  }

  #finish(say: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#audio.removeAll();
    this.#microphone?.stopMonitor();
    this.#earlyWords?.discard();
    this.#forgetEarlyWords();
    say();
  }
}

/** Up to livekit-client 2.23 an engine that no server has answered yet counts as closed, and keeps its connection. */
async function closeTransports(engine: Room['engine']): Promise<void> {
  const close = async () => engine.pcManager?.close().catch(() => {});
  engine.on(EngineEvent.TransportsCreated, () => void close());
  await close();
}
