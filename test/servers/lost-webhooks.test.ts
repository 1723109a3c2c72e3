/** Every webhook of the media server is lost, and still the record tells what happened, and when. */
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaServers } from '../conformance/support/media-servers.js';
import { joinRequest, openSocket } from '../conformance/support/raw-socket.js';
import { freePort } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';
import { joinAsAgent, joinAsCaller, roomOf } from './support/call-peer.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import type { MediaServer } from '../conformance/support/media-server.js';
import type { ServerProcess } from './support/server-process.js';

/** Rooms are compared every two seconds; a busy machine may be late. */
const LATE_MS = 4_000;

for (const kind of mediaServers) {
  if (kind.missing) console.log(`lost webhooks: left out on ${kind.name}: ${kind.missing}.`);
  // They mostly wait, so they wait together, and whoever waits longest begins.
  const title = `without webhooks of ${kind.name}`;
  describe.skipIf(kind.missing !== null)(title, { concurrent: true }, () => {
    let media: MediaServer;
    let server: ServerProcess;
    let secret: string;
    let agentId: string;

    beforeAll(async () => {
      media = await kind.start({ webhookUrl: `http://127.0.0.1:${await freePort()}/nowhere` });
      server = await startServer({ env: { LIVEKIT_URL: media.wsUrl } });
      ({ secret } = printedKeys([server]));
      const { body } = await ask(server.url, 'GET', '/v1/agents', { key: secret });
      agentId = (body['data'] as { id: string }[])[0]?.id ?? '';
    });
    afterAll(async () => {
      await server?.stop();
      await media?.stop();
    });

    const create = async () => {
      const { status, body } = await ask(server.url, 'POST', '/v1/web-calls', {
        key: secret,
        body: { agent_id: agentId },
      });
      expect(status).toBe(201);
      return body as { call_id: string; access_token: string };
    };
    const read = async (id: string) =>
      (await ask(server.url, 'GET', `/v1/calls/${id}`, { key: secret })).body;
    const readWhen = (id: string, field: string, timeoutMs = 10_000) =>
      waitFor(
        async () => {
          const call = await read(id);
          return call[field] ? call : null;
        },
        { what: `${field} of the call`, timeoutMs },
      );
    const time = (call: Record<string, unknown>, field: string): number =>
      Date.parse(String(call[field]));
    /** Between two moments of ours; LiveKit's times may be whole seconds. */
    const expectWithin = (actual: number, from: number, to: number): void => {
      expect(actual).toBeGreaterThan(from - 1_500);
      expect(actual).toBeLessThan(to + 1_500);
    };

    it('a call that nobody answers ends for that', async () => {
      const grant = await create();
      const caller = await joinAsCaller(media.wsUrl, grant.access_token);
      const call = await readWhen(grant.call_id, 'ended_at', 25_000);
      expect(call).toMatchObject({ status: 'no_answer', end_reason: 'agent_did_not_join' });
      await caller.disconnect();
    });

    it('a call that the caller ends has its start, its answer, its end and why', async () => {
      const grant = await create();
      const began = Date.now();
      const caller = await joinAsCaller(media.wsUrl, grant.access_token);
      const joined = Date.now();
      const agent = await joinAsAgent(media.wsUrl, roomOf(grant.access_token), 'agent-1');
      const answered = Date.now();
      const open = await readWhen(grant.call_id, 'answered_at');
      expect(open['status']).toBe('received');
      // Both times are the media server's own: how late they were noticed does not count.
      expectWithin(time(open, 'started_at'), began, joined);
      expectWithin(time(open, 'answered_at'), joined, answered);
      const leaving = Date.now();
      await caller.disconnect();
      const left = Date.now();
      const call = await readWhen(grant.call_id, 'ended_at', 15_000);
      await agent.disconnect();
      expect(call).toMatchObject({ status: 'completed', end_reason: 'user_disconnected' });
      expectWithin(time(call, 'ended_at'), leaving, left + LATE_MS);
      expect((call['timeline'] as { type: string }[]).map(({ type }) => type)).toEqual([
        'call_created',
        'caller_joined',
        'agent_joined',
        'agent_answered',
        'caller_left',
        'call_ended',
      ]);
      expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
    });

    it.each([
      ['hangs up', 'completed', 'agent_disconnected'],
      ['is put out', 'failed', 'system_failure'],
    ])('a call whose agent %s ends for that, and its room with it', async (how, status, reason) => {
      const grant = await create();
      const room = roomOf(grant.access_token);
      const caller = await joinAsCaller(media.wsUrl, grant.access_token);
      const gone = new Promise((resolve) => caller.once('disconnected', resolve));
      const agent = await joinAsAgent(media.wsUrl, room, 'agent-1');
      await readWhen(grant.call_id, 'answered_at');
      const service = new RoomServiceClient(media.httpUrl, media.apiKey, media.apiSecret);
      const areEarsThere = async () =>
        (await service.listParticipants(room)).some(({ identity }) =>
          identity.startsWith('listener_'),
        );
      await waitFor(areEarsThere, { what: 'the ears' });
      if (how === 'hangs up') await agent.disconnect();
      else await service.removeParticipant(room, 'agent-1');
      const call = await readWhen(grant.call_id, 'ended_at', 20_000);
      expect(call).toMatchObject({ status, end_reason: reason });
      await gone;
    });

    it('a caller whose media never come is told by a webhook, and by the record', async () => {
      const port = await freePort();
      const media = await kind.start({ webhookUrl: `http://127.0.0.1:${port}/livekit/webhook` });
      const server = await startServer({ env: { LIVEKIT_URL: media.wsUrl, PORT: String(port) } });
      try {
        const { secret } = printedKeys([server]);
        const { body } = await ask(server.url, 'GET', '/v1/agents', { key: secret });
        const agentId = (body['data'] as { id: string }[])[0]?.id;
        const { body: grant } = await ask(server.url, 'POST', '/v1/web-calls', {
          key: secret,
          body: { agent_id: agentId },
        });
        // The socket opens, as it does behind a firewall that lets no UDP through; then the page gives up.
        const token = `access_token=${String(grant['access_token'])}`;
        const socket = await openSocket(`${media.wsUrl}/rtc/v1?${token}&${joinRequest()}`);
        await new Promise((resolve) => socket.once('message', resolve));
        socket.close();
        const call = await waitFor(
          async () => {
            const path = `/v1/calls/${String(grant['call_id'])}`;
            const answer = await ask(server.url, 'GET', path, { key: secret });
            return answer.body['ended_at'] ? answer.body : null;
          },
          { what: 'the end', timeoutMs: 25_000 },
        );
        expect(call).toMatchObject({ status: 'failed', end_reason: 'network_failure' });
      } finally {
        await server.stop();
        await media.stop();
      }
    });
  });
}
