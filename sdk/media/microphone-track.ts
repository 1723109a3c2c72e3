/** The caller's microphone as LiveKit publishes it. */
import { LocalAudioTrack, Track } from './livekit.js';

/** A track of ours: LiveKit neither stops it, nor opens an AudioContext of its own to see whether it is silent. */
export class MicrophoneTrack extends LocalAudioTrack {
  /** Tells the agent that words of before it could hear are on their way. */
  announcesEarlyWords = false;

  constructor(track: MediaStreamTrack) {
    super(track, undefined, true);
    this.source = Track.Source.Microphone;
  }

  override get hasPreConnectBuffer(): boolean {
    return this.announcesEarlyWords;
  }

  override checkForSilence(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
