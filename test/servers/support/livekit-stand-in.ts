/** What answers where LiveKit should: counts the requests, and misbehaves as it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LivekitStandIn {
  readonly url: string;
  readonly port: number;
  /** Methods that were called, e.g. `DeleteRoom`, in order, with what was asked. */
  readonly calls: { method: string; body: Record<string, unknown> }[];
  answer: 'well' | 'hang' | { status: number; body: string };
  /** Rooms that exist, and who is in them. */
  readonly rooms: Map<string, { identity: string; kind?: 'AGENT' }[]>;
  close(): Promise<void>;
}

export async function startLivekitStandIn(port = 0): Promise<LivekitStandIn> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      if (standIn.answer === 'hang') return;
      const method = (request.url ?? '').split('/').pop() ?? '';
      const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
      standIn.calls.push({ method, body });
      const { answer } = standIn;
      response.setHeader('content-type', 'application/json');
      if (answer !== 'well') {
        response.statusCode = answer.status;
        response.end(answer.body);
        return;
      }
      if (method === 'DeleteRoom') standIn.rooms.delete(String(body['room']));
      response.end(JSON.stringify(answerOf(standIn, method, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  const standIn: LivekitStandIn = {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    calls: [],
    answer: 'well',
    rooms: new Map(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return standIn;
}

function answerOf(
  { rooms }: LivekitStandIn,
  method: string,
  { names, room }: Record<string, unknown>,
): object {
  if (method === 'ListRooms') {
    const wanted = new Set(names as string[]);
    const found = [...rooms].filter(([name]) => wanted.has(name));
    return { rooms: found.map(([name, people]) => ({ name, num_participants: people.length })) };
  }
  if (method !== 'ListParticipants') return {};
  const people = rooms.get(String(room)) ?? [];
  return { participants: people.map((one) => ({ ...one, state: 'ACTIVE' })) };
}
