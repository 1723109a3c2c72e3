/** The one importer of `livekit-client`, and so the whole list of what is used of it. */
export {
  AudioPresets,
  ConnectionError,
  ConnectionErrorReason,
  DisconnectReason,
  EngineEvent,
  LocalAudioTrack,
  LogLevel,
  Room,
  RoomEvent,
  Track,
  isBrowserSupported,
  setLogLevel,
  supportsAudioOutputSelection,
} from 'livekit-client';
export type {
  ReconnectPolicy,
  RemoteParticipant,
  RemoteTrack,
  RemoteTrackPublication,
  TextStreamReader,
} from 'livekit-client';
