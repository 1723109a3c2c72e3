/** The microphone track that is published to LiveKit. */
import { LocalAudioTrack, Track } from './livekit.js';

/** A track that LiveKit neither stops nor checks for silence, which would open another AudioContext. */
export class MicrophoneTrack extends LocalAudioTrack {
  /** Whether the agent is told that pre-connect audio follows. */
  announcesRecording = false;

  constructor(track: MediaStreamTrack) {
    super(track, undefined, true);
    this.source = Track.Source.Microphone;
  }

  override get hasPreConnectBuffer(): boolean {
    return this.announcesRecording;
  }

  override checkForSilence(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
