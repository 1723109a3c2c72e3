/** The only importer of `livekit-client`: all that is used of it. */
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
  setLogLevel,
} from 'livekit-client';
export type {
  LocalParticipant,
  ReconnectPolicy,
  RemoteParticipant,
  RemoteTrack,
} from 'livekit-client';
