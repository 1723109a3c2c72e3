/**
 * Everything through which the agent framework speaks to a room or listens to one, as it stands in its sources, and what a
 * caller gets by it. This is the one place where it is written down; `room-surface.test.ts` compares it with what is
 * installed, so that an update which adds or moves anything, or is merely new, has to be looked at here.
 *
 * Of a participant's attributes it reads `lk.simulator` (whoever has it ends the job by leaving) and
 * `lk.publish_on_behalf` (whoever has it is not taken for the caller). No grant of ours lets a caller set its own.
 */

/** The release that was read. */
export const READ_VERSION = '1.9.0';

/** File of `dist/`, method and topic, then what a caller gets by it. */
export const roomSurface: Record<string, string> = {
  // Calls of ours reach these two, and nobody but the linked caller is heard.
  'voice/room_io/room_io.js registerTextStreamHandler(TOPIC_CHAT)':
    'lk.chat: what is typed, from the linked caller only. Bounded in size (start-in-room.ts).',
  'voice/room_io/_output.js streamText':
    'lk.transcription: what both said, as it was heard. A caller hears it anyway.',
  'voice/room_io/_output.js publishTranscription':
    'The same in the older form. Of the caller’s own words and the agent’s spoken ones.',
  'voice/room_io/room_io.js setAttributes': 'lk.agent.state: listening, thinking, speaking.',

  // A host for remote sessions, opened by a session that opens its room itself. Ours is given one (start-in-room.ts).
  'voice/remote_session.js registerByteStreamHandler(TOPIC_SESSION_MESSAGES)':
    'lk.agent.session: tells the prompt and the history, takes orders. Never opened.',
  'voice/remote_session.js streamBytes':
    'lk.agent.session: tells functions’ arguments and answers unasked. Never opened.',

  // Only with an avatar, which no session of ours has.
  'voice/avatar/datastream_io.js registerRpcMethod(RPC_PLAYBACK_FINISHED)': 'Not loaded.',
  'voice/avatar/datastream_io.js registerRpcMethod(RPC_PLAYBACK_STARTED)': 'Not loaded.',
  'voice/avatar/datastream_io.js performRpc': 'Not loaded.',
  'voice/avatar/datastream_io.js streamBytes': 'Not loaded.',

  // Only with the tool for key tones, which no version has.
  'beta/tools/send_dtmf.js publishDtmf': 'Not loaded.',
};
