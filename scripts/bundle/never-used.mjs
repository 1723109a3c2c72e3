/** What a voice call never uses of `livekit-client`, for the build to leave away. */

/** All below was found true of this version, by reading it. With another one, read it again. */
export const LIVEKIT_VERSION = '2.23.0';

/** Fields that stay undefined: the SDK sets no option that would fill them. End-to-end encryption, frame metadata, JSON. */
export const UNDEFINED_FIELDS = [
  'e2eeManager',
  'frameMetadata',
  'frameMetadataWorker',
  'packetTrailer',
  'useJSON',
];

/** Logging that `LogLevel.silent` keeps silent: all of it. */
export const SILENT_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];

/** Other code for a file of LiveKit's: `[what is there, what takes its place]`, once types are gone. */
export const REPLACED = {
  'room/Room.ts': [
    // Encryption, and metadata of video frames.
    ['this.setupFrameMetadata();', ''],
    ['this.options.e2ee || this.options.encryption', 'false'],
    ['this.options.encryption || this.options.e2ee', 'undefined'],
    // What browsers need shims for is older than what isSupported of livekit-engine.ts lets through.
    ['import "webrtc-adapter";', ''],
  ],
  // A call publishes no video.
  'room/participant/LocalParticipant.ts': [
    ['track.kind === Track.Kind.Video', 'false'],
    ['track.kind !== Track.Kind.Video', 'true'],
    // The answer to a data track.
    [
      /switch \(response\.request\.case\) \{[^]*?receivedSfuPublishResponse\([^]*?\);\s*break;\s*\}\s*\}/,
      '',
    ],
  ],
  'room/track/LocalTrack.ts': [
    ['this.kind === Track.Kind.Video', 'false'],
    ['this.kind !== Track.Kind.Video', 'true'],
  ],
  'room/participant/RemoteParticipant.ts': [
    // Data tracks.
    [/pi\.dataTracks\.map\([^]*?;\s*\}\)/, '[]'],
  ],
  'room/track/RemoteTrack.ts': [['supportsSynchronizationSources()', 'false']],
  'room/utils.ts': [
    [
      /function isLocalVideoTrack\(track\) \{[^}]*\}/,
      'function isLocalVideoTrack() { return false; }',
    ],
    [
      /function isRemoteVideoTrack\(track\) \{[^}]*\}/,
      'function isRemoteVideoTrack() { return false; }',
    ],
  ],
  'api/utils.ts': [
    // The server answers in the form it is asked in, which is binary.
    [/return SignalResponse\.fromJson\([^;]*;/, 'throw new TypeError("text");'],
  ],
};

/** Modules in whose place another one comes, of `stand-ins/`. */
export const STAND_INS = {
  'livekit-client/src/e2ee/E2eeManager.ts': 'e2ee-manager.mjs',
  'livekit-client/src/logger.ts': 'logger.mjs',
  'livekit-client/src/room/data-track/incoming/IncomingDataTrackManager.ts': 'data-tracks.mjs',
  'livekit-client/src/room/data-track/outgoing/OutgoingDataTrackManager.ts': 'data-tracks.mjs',
  'livekit-client/src/room/track/LocalVideoTrack.ts': 'local-video-track.mjs',
  'livekit-client/src/room/track/RemoteVideoTrack.ts': 'remote-video-track.mjs',
  '@bufbuild/protobuf/dist/esm/private/json-format.js': 'json-format.mjs',
  'machina/dist/index.mjs': 'machina.mjs',
  'events/events.js': 'events.mjs',
};
