/** A call with nothing but LiveKit's own client. With a bundler: `import { … } from 'livekit-client'`. */
import { Room, RoomEvent, TokenSource, Track } from './livekit-client.mjs';

const { serverUrl, apiKey, agentId } = document.body.dataset;
const $ = (id) => document.getElementById(id);

const source = TokenSource.endpoint(`${serverUrl}/v1/livekit/token`, {
  headers: { authorization: `Bearer ${apiKey}` },
});
const options = {
  agentName: agentId,
  agentMetadata: JSON.stringify({ visitor_name: 'Ada' }),
};
const room = new Room();

room.on(RoomEvent.TrackSubscribed, (track) => {
  if (track.kind !== Track.Kind.Audio) return;
  document.body.append(track.attach());
  $('status').textContent = 'In a call';
});
room.on(RoomEvent.TrackUnsubscribed, (track) =>
  track.detach().forEach((element) => element.remove()),
);
room.on(RoomEvent.Disconnected, () => show('Ended', false));
room.registerTextStreamHandler('lk.transcription', async (reader, { identity }) => {
  const id = reader.info.attributes['lk.segment_id'] ?? reader.info.id;
  const line = $(id) ?? $('transcript').appendChild(document.createElement('li'));
  line.id = id;
  const who = identity === room.localParticipant.identity ? 'You' : 'Agent';
  line.textContent = `${who}: ${await reader.readAll()}`;
});

$('start').addEventListener('click', async () => {
  show('Starting', true);
  try {
    // Every fetch is a room of its own.
    const { serverUrl: url, participantToken } = await source.fetch(options);
    await room.connect(url, participantToken);
    await room.localParticipant.setMicrophoneEnabled(true);
  } catch (error) {
    await room.disconnect();
    show(error.message, false);
  }
});
$('end').addEventListener('click', () => room.disconnect());

// What a page does that wants its first call to start sooner, and what `useSession` does: fetching is no call.
const { serverUrl: url, participantToken } = await source.fetch(options);
await room.prepareConnection(url, participantToken);

function show(text, isCalling) {
  $('status').textContent = text;
  $('start').disabled = isCalling;
  $('end').disabled = !isCalling;
}
