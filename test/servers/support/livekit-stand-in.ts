/** What answers where LiveKit should: counts the requests, and misbehaves as it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LivekitStandIn {
  readonly url: string;
  readonly port: number;
  /** Methods that were called, e.g. `DeleteRoom`, in order, with what was asked. */
  readonly calls: { method: string; body: Record<string, unknown> }[];
  answer: 'well' | 'hang' | { status: number; body: string };
  /** Rooms that exist, with the number of participants. */
  readonly rooms: Map<string, number>;
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
      const rooms = [...standIn.rooms].map(([name, count]) => ({ name, num_participants: count }));
      response.end(JSON.stringify(method === 'ListRooms' ? { rooms } : {}));
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
