/** The hidden ears, in rooms of both media servers: what they hear, and that nobody notices them. */
import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { createRoomListener } from '../../server/livekit/room-listener.js';
import { listParticipants, listRooms } from '../../server/livekit/room-service.js';
import type {
  RoomListenerEvents,
  ParticipantLeft,
  TranscriptionPiece,
} from '../../server/domain/ports/room-listener.js';
import type { MediaServer } from '../conformance/support/media-server.js';
import { RawStreams } from '../conformance/support/raw-stream.js';
import { describeMediaServers } from '../conformance/support/media-servers.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { waitFor } from '../support/wait-for.js';

const quiet = { warn: () => undefined };

function listenerOn(server: MediaServer) {
  const { wsUrl: url, apiKey, apiSecret } = server;
  const config = { url, apiKey, apiSecret };
  return { config, listener: createRoomListener(config, quiet) };
}

function notes() {
  const pieces: TranscriptionPiece[] = [];
  const loud: string[] = [];
  const left: ParticipantLeft[] = [];
  let isGone = false;
  const to: RoomListenerEvents = {
    heard: (piece) => pieces.push(piece),
    loud: (speaker, isLoud) => loud.push(`${speaker} ${isLoud}`),
    left: (who) => left.push(who),
    gone: () => (isGone = true),
  };
  return { to, pieces, loud, left, isGone: () => isGone };
}

describeMediaServers('room listener', (server) => {
  it('hears what an agent publishes of itself and of the caller, and who is loud', async () => {
    const { wsUrl } = server();
    const { listener } = listenerOn(server());
    const caller = await NodePeer.join(wsUrl, 'ears-1', 'caller');
    const agent = await NodePeer.join(wsUrl, 'ears-1', 'agent-1', { kind: 'agent' });
    const heard = notes();
    const ears = await listener.listen('ears-1', heard.to);
    await caller.playTone(440);
    const say = async (text: string, id: string, final: boolean, senderIdentity?: string) => {
      const writer = await agent.local.streamText({
        topic: 'lk.transcription',
        attributes: { 'lk.segment_id': id, 'lk.transcription_final': String(final) },
        ...(senderIdentity ? { senderIdentity } : {}),
      });
      await writer.write(text);
      await writer.close();
    };
    await say('what time', 'SG_1', false, 'caller');
    await say('what time is it', 'SG_1', true, 'caller');
    await say('Late.', 'SG_2', false);
    const done = () => heard.pieces.filter((piece) => piece.done);
    await waitFor(() => done().length === 3, { what: 'three whole pieces' });
    expect(done().map(({ at: _, ...piece }) => piece)).toEqual([
      {
        speaker: 'caller',
        isAgent: false,
        segmentId: 'SG_1',
        text: 'what time',
        done: true,
        final: false,
        unverified: false,
      },
      {
        speaker: 'caller',
        isAgent: false,
        segmentId: 'SG_1',
        text: 'what time is it',
        done: true,
        final: true,
        unverified: false,
      },
      {
        speaker: 'agent-1',
        isAgent: true,
        segmentId: 'SG_2',
        text: 'Late.',
        done: true,
        final: false,
        unverified: false,
      },
    ]);
    await waitFor(() => heard.loud.includes('caller true'), { what: 'a loud caller' });
    await ears?.stop();
    expect(heard.isGone()).toBe(false);
    await Promise.all([caller.leave(), agent.leave()]);
  });

  it('hears of an agent what that agent has sent, whatever a caller writes under its ids', async () => {
    const { wsUrl } = server();
    const { listener } = listenerOn(server());
    const caller = await NodePeer.join(wsUrl, 'ears-8', 'caller');
    const agent = await NodePeer.join(wsUrl, 'ears-8', 'agent-1', { kind: 'agent' });
    const heard = notes();
    const ears = await listener.listen('ears-8', heard.to);
    const [own, forged] = [new RawStreams(agent), new RawStreams(caller)];
    const attributes = { 'lk.segment_id': 'SG_1' };
    const latest = () => heard.pieces.filter(({ isAgent }) => isAgent).at(-1);
    const reaches = (text: string) =>
      waitFor(() => latest()?.text === text, { what: `“${text}”, not “${latest()?.text}”` });

    for (let n = 0; n < 80; n += 1) await forged.open({ streamId: `open-${n}` });
    await own.open({ streamId: 'told', attributes });
    await own.write('told', 0, 'The deposit ');
    await reaches('The deposit ');
    await forged.open({ streamId: 'told', attributes });
    await forged.write('told', 1, 'is refundable.');
    await forged.close('told');
    await forged.say('The deposit is refundable.', { attributes });
    await forged.say('I was promised it.', { generated: true });
    // As an agent does for its caller, which only the packets after the header give away.
    const said = { 'lk.segment_id': 'SG_2', 'lk.transcription_final': 'true' };
    const writer = await agent.local.streamText({
      topic: 'lk.transcription',
      attributes: said,
      senderIdentity: 'caller',
    });
    await writer.write('Is it refundable?');
    await writer.close();
    await waitFor(() => heard.pieces.some(({ text, done }) => done && text.startsWith('Is it')), {
      what: 'the caller’s question',
    });
    await own.write('told', 1, 'is not refundable.');
    await own.close('told');
    await waitFor(() => latest()?.done, { what: 'the end of the segment' });

    expect(latest()).toMatchObject({ text: 'The deposit is not refundable.', segmentId: 'SG_1' });
    const words = heard.pieces.filter(({ isAgent, text }) => !isAgent && text !== '');
    expect(new Set(words.map(({ text }) => text))).toEqual(new Set(['Is it refundable?']));
    expect(heard.pieces.some((piece) => piece.unverified)).toBe(false);

    // Without packets of its own a text does not tell who has sent it.
    await caller.local.sendText('I was promised it.', { topic: 'lk.transcription' });
    await agent.local.sendText('No.', { topic: 'lk.transcription' });
    const whole = (words: string) => heard.pieces.find(({ text, done }) => done && text === words);
    await waitFor(() => whole('I was promised it.') && whole('No.'), { what: 'whole texts' });
    expect(whole('I was promised it.')).toMatchObject({ speaker: 'caller', unverified: true });
    expect(whole('No.')).toMatchObject({ speaker: 'agent-1', unverified: false });
    await ears?.stop();
    await Promise.all([caller.leave(), agent.leave()]);
  });

  it("is seen by nobody, takes nobody's place, and is no agent", async () => {
    const { wsUrl } = server();
    const { config, listener } = listenerOn(server());
    const roomConfig = { maxParticipants: 2 };
    const caller = await NodePeer.join(wsUrl, 'ears-2', 'caller', { roomConfig });
    const seen: string[] = [];
    caller.room.on(RoomEvent.ParticipantConnected, (one) => seen.push(one.identity));
    const ears = await listener.listen('ears-2', notes().to);
    const guest = await NodePeer.join(wsUrl, 'ears-2', 'guest', { roomConfig });
    await waitFor(() => seen.includes('guest'), { what: 'the guest' });
    expect(seen).toEqual(['guest']);
    expect([...guest.room.remoteParticipants.keys()]).toEqual(['caller']);
    expect(caller.room.isRecording).toBe(false);
    const kinds = (await listParticipants(config, 'ears-2'))?.map((one) => one.kind);
    expect(kinds).not.toContain('agent');
    await expect(NodePeer.join(wsUrl, 'ears-2', 'third', { roomConfig })).rejects.toThrow();
    // A full room lets ears in all the same.
    await (await listener.listen('ears-2', notes().to))?.stop();
    const joined = server()
      .webhooks.events.filter(({ event }) => event === 'participant_joined')
      .filter(({ participant }) => Number(participant?.kind) === Number(ParticipantKind.AGENT));
    expect(joined.filter(({ room }) => room?.name === 'ears-2')).toEqual([]);
    await ears?.stop();
    await Promise.all([caller.leave(), guest.leave()]);
  });

  it('tells who leaves, and whether it hung up or was put out', async () => {
    const { listener } = listenerOn(server());
    const caller = await NodePeer.join(server().wsUrl, 'ears-6', 'caller');
    const agent = await NodePeer.join(server().wsUrl, 'ears-6', 'agent-1', { kind: 'agent' });
    const heard = notes();
    const ears = await listener.listen('ears-6', heard.to);
    const { sid } = agent.local;
    await agent.leave();
    await waitFor(() => heard.left.length === 1, { what: 'the agent to be gone' });
    const { httpUrl, apiKey, apiSecret } = server();
    const service = new RoomServiceClient(httpUrl, apiKey, apiSecret);
    await service.removeParticipant('ears-6', 'caller');
    await waitFor(() => heard.left.length === 2, { what: 'the caller to be gone' });
    expect(heard.left).toMatchObject([
      { identity: 'agent-1', sid, isAgent: true, reason: 'CLIENT_INITIATED' },
      { identity: 'caller', isAgent: false, reason: 'PARTICIPANT_REMOVED' },
    ]);
    await ears?.stop();
    await caller.leave();
  });

  it('keeps no room open, and tells when it has closed', async () => {
    const { config, listener } = listenerOn(server());
    const caller = await NodePeer.join(server().wsUrl, 'ears-3', 'caller', {
      roomConfig: { departureTimeout: 1 },
    });
    const heard = notes();
    await listener.listen('ears-3', heard.to);
    await caller.leave();
    await waitFor(() => heard.isGone(), { what: 'the end of the room', timeoutMs: 8_000 });
    await waitFor(async () => (await listRooms(config, ['ears-3'])).length === 0);
  });

  it('waits in a room whose first participant is still on the way', async () => {
    const { listener } = listenerOn(server());
    const heard = notes();
    const { httpUrl, apiKey, apiSecret } = server();
    // One that the listener makes by joining is closed after a second.
    await new RoomServiceClient(httpUrl, apiKey, apiSecret).createRoom({ name: 'ears-7' });
    const ears = await listener.listen('ears-7', heard.to, 20_000);
    const agent = await NodePeer.join(server().wsUrl, 'ears-7', 'agent-1', { kind: 'agent' });
    await agent.local.sendText('Hello.', { topic: 'lk.transcription' });
    await waitFor(() => heard.pieces.some((piece) => piece.text === 'Hello.'), {
      what: 'the greeting',
    });
    expect(heard.isGone()).toBe(false);
    await ears?.stop();
    await agent.leave();
  });

  it('leaves no room behind that it made by coming too late', async () => {
    const { config, listener } = listenerOn(server());
    const heard = notes();
    await listener.listen('ears-4', heard.to);
    await waitFor(() => heard.isGone(), { what: 'the end of listening', timeoutMs: 8_000 });
    await waitFor(async () => (await listRooms(config, ['ears-4'])).length === 0, {
      what: 'the end of the room',
      timeoutMs: 8_000,
    });
  });
});

describe('room listener', () => {
  it('rejects when nothing answers', async () => {
    const config = {
      url: 'ws://127.0.0.1:1',
      apiKey: 'key',
      apiSecret: 'a-secret-of-at-least-32-characters!!',
    };
    const listener = createRoomListener(config, quiet);
    await expect(listener.listen('ears-5', notes().to)).rejects.toThrow();
  });
});
