/** A room that is deleted right after an agent's last words: livekit-server may drop them on the way, this one waits. */
import { expect, test } from 'vitest';
import { createRoomListener } from '../../server/livekit/room-listener.js';
import { deleteRoom } from '../../server/livekit/room-service.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, startEmbedded } from './support/embedded-process.js';

test('whoever listens has them whole', async () => {
  const server = await startEmbedded();
  const config = { url: server.wsUrl, apiKey: API_KEY, apiSecret: API_SECRET };
  const listener = createRoomListener(config, { warn: (line) => expect.unreachable(line) });
  for (const round of [1, 2, 3, 4, 5]) {
    const room = `last-words-${round}`;
    const agent = await NodePeer.join(server.wsUrl, room, 'agent', { kind: 'agent' });
    const whole: string[] = [];
    let isGone = false;
    await listener.listen(room, {
      heard: (piece) => piece.done && whole.push(piece.text),
      loud: () => undefined,
      left: () => undefined,
      gone: () => (isGone = true),
    });
    const writer = await agent.local.streamText({ topic: 'lk.transcription' });
    for (const word of ['Good ', 'bye, ', 'then.']) await writer.write(word);
    await writer.close();
    await deleteRoom(config, room);
    await waitFor(() => isGone, { what: 'the end of the room' });
    expect([round, whole]).toEqual([round, ['Good bye, then.']]);
  }
  await server.stop();
});
