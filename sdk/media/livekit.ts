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
  RpcError,
  Track,
  isBrowserSupported,
  setLogLevel,
} from 'livekit-client';
export type {
  LocalParticipant,
  ReconnectPolicy,
  RemoteParticipant,
  RemoteTrack,
} from 'livekit-client';
