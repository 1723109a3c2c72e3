/** What PostgreSQL 9.6 says to a client, as far as a version check goes. Source: its frontend/backend protocol 3.0. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Listens on loopback; its address as a connection string. */
export async function startOldPostgres(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((socket) => {
    let isStarted = false;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (!isStarted) {
        isStarted = true;
        socket.write(Buffer.concat([message('R', int32(0)), message('Z', Buffer.from('I'))]));
      } else if (data[0] === 'Q'.charCodeAt(0)) {
        socket.write(versionAnswer());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://test@127.0.0.1:${port}/postgres`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function versionAnswer(): Buffer {
  const column = (name: string): Buffer =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(25),
      int16(-1),
      int32(-1),
      int16(0),
    ]);
  const value = (text: string): Buffer => Buffer.concat([int32(text.length), Buffer.from(text)]);
  return Buffer.concat([
    message('T', Buffer.concat([int16(2), column('number'), column('name')])),
    message('D', Buffer.concat([int16(2), value('90624'), value('9.6.24')])),
    message('C', Buffer.from('SELECT 1\0')),
    message('Z', Buffer.from('I')),
  ]);
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}
