/** What the installed agent framework does in a room is what was read; an update of it has to be read again. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { expect, it } from 'vitest';
import { startInRoom } from '../../server/agent/session/start-in-room.js';
import { READ_VERSION, roomSurface } from './support/room-surface.js';

const livekit = fileURLToPath(new URL('../../node_modules/@livekit', import.meta.url));
const LISTENS =
  /\b(registerTextStreamHandler|registerByteStreamHandler|registerRpcMethod)\(\s*([\w.'"]+)/g;
const HEARS = /\bRoomEvent\.(DataReceived|ChatMessage|DtmfReceived|TranscriptionReceived)\b/g;
const SPEAKS =
  /\b(streamText|streamBytes|sendText|sendFile|sendChatMessage|publishData|publishTranscription|publishDtmf|performRpc)\(/g;
const SHOWS = /\blocalParticipant[?!]?\.(setAttributes|setMetadata|setName)\(/g;

/** The scripts of a package, without its own tests. */
function scriptsOf(name: string): { file: string; text: string }[] {
  const dist = join(livekit, name, 'dist');
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'))
    .map((file) => ({ file, text: readFileSync(join(dist, file), 'utf8') }));
}

function surfaceOf(name: string, prefix = ''): string[] {
  return scriptsOf(name).flatMap(({ file, text }) => {
    const found = [
      ...[...text.matchAll(LISTENS)].map(([, method, topic]) => `${method}(${topic})`),
      ...[HEARS, SPEAKS, SHOWS].flatMap((what) => [...text.matchAll(what)].map(([, it]) => it)),
    ];
    return found.map((one) => `${prefix}${file} ${one}`);
  });
}

it('speaks and listens in a room through what was read, and nothing else', () => {
  const { version } = JSON.parse(readFileSync(join(livekit, 'agents/package.json'), 'utf8')) as {
    version: string;
  };
  expect(version, 'read its changes, then test/agent/support/room-surface.ts').toBe(READ_VERSION);
  const plugins = readdirSync(livekit).filter((name) => name.startsWith('agents-plugin-'));
  expect(plugins.length).toBeGreaterThan(3);
  const found = [
    ...surfaceOf('agents'),
    ...plugins.flatMap((plugin) => surfaceOf(plugin, `${plugin}: `)),
  ];
  expect([...new Set(found)].sort()).toEqual(Object.keys(roomSurface).sort());
});

it('listens, in a call of ours, to what is typed and to nothing else', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const heard: string[] = [];
  const room = new Room();
  room.registerTextStreamHandler = (topic) => void heard.push(`text ${topic}`);
  room.registerByteStreamHandler = (topic) => void heard.push(`bytes ${topic}`);
  const session = new voice.AgentSession({ vad: null });
  await startInRoom(session, { agent: new voice.Agent({ instructions: 'A secret.' }), room });
  expect(heard).toEqual(['text lk.chat']);
  expect(room.listenerCount('dataReceived')).toBe(0);
  await session.close();
});
