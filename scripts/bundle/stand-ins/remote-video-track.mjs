/** For a track of video that somebody else publishes: it arrives, and nobody looks at it. */
import RemoteTrack from 'livekit-client/src/room/track/RemoteTrack.ts';

export default class RemoteVideoTrack extends RemoteTrack {
  constructor(track, sid, receiver) {
    super(track, sid, 'video', receiver);
  }

  monitorReceiver() {}
}
