/** A server on this machine that speaks OpenAI's interface: it hears, answers and speaks always the same, or fails in one of the known ways. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server hears in any sound, and what it answers to any question. */
export const HEARD = 'Where is your workshop?';
export const ANSWERED = 'The provider says hello.';

/**
 * The ways in which a server fails. One that has begun to answer says nothing more (`stall`), hangs up (`cut`), goes on with
 * nonsense (`nonsense`), without end (`endless`) or in a line without end (`sprawl`); `idle` sends what means nothing without end,
 * `flood` bytes that are no line, and `rage` such a refusal. One that has said everything may leave the line open (`open`), or go on
 * with what means nothing (`tail`). Words of sound take a while (`late`). The head of its sound comes byte by byte (`trickle`), or never ends (`padding`).
 */
export type Fault =
  | 'down'
  | 'refusal'
  | 'rage'
  | 'silent'
  | 'late'
  | 'garbage'
  | 'page'
  | 'empty'
  | 'idle'
  | 'flood'
  | 'stall'
  | 'cut'
  | 'nonsense'
  | 'endless'
  | 'sprawl'
  | 'open'
  | 'tail'
  | 'trickle'
  | 'padding';

/** A request that came in. */
export interface Asked {
  path: string;
  authorization: string | undefined;
  /** JSON, or the fields of a form that are texts. */
  body: Record<string, unknown>;
}

/** A running server. */
export interface FakeOpenai {
  baseUrl: string;
  requests: Asked[];
  /** How it fails, until it is changed; `null`: it works. */
  fault: Fault | null;
  /** The function that it calls instead of answering, unless one has just answered. */
  calls: string | null;
  /** Of its sound. */
  sound: { contentType: string; rate: number };
  close(): Promise<void>;
}

/** Listens on loopback. */
export async function openFakeOpenai(): Promise<FakeOpenai> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = (request.url ?? '').replace('/v1', '');
      const { authorization, 'content-type': type = '' } = request.headers;
      const text = Buffer.concat(parts).toString();
      const isJson = type.startsWith('application/json');
      const body = isJson ? (JSON.parse(text) as Asked['body']) : fieldsOf(text);
      fake.requests.push({ path, authorization, body });
      answer(fake, path, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const fake: FakeOpenai = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    fault: null,
    calls: null,
    sound: { contentType: 'audio/wav', rate: 24_000 },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function answer(fake: FakeOpenai, path: string, response: ServerResponse): void {
  const { fault } = fake;
  const messages = fake.requests.at(-1)?.body['messages'] as { role: string }[] | undefined;
  const calls = messages?.at(-1)?.role === 'tool' ? null : fake.calls;
  if (fault === 'down') response.destroy();
  else if (fault === 'silent') return;
  else if (fault === 'refusal') sendJson(response, { error: { message: 'no such model' } }, 404);
  else if (fault === 'page') response.writeHead(200, PAGE).end('<html>Please log in.</html>');
  else if (fault === 'rage') pour(response.writeHead(500), () => 'x'.repeat(4_096));
  else if (fault === 'flood') pour(response, () => 'x'.repeat(4_096));
  else if (path === '/audio/transcriptions') sendWords(response, fault);
  else if (path === '/chat/completions') sendAnswer(response, { fault, calls });
  else if (path === '/audio/speech') sendTone(response, fake);
  else response.writeHead(404).end();
}

function fieldsOf(form: string): Asked['body'] {
  const found = form.matchAll(/name="(\w+)"\r\n\r\n([^\r]*)/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

const PAGE = { 'content-type': 'text/html' };

/** As long as somebody reads. */
function pour(response: ServerResponse, piece: () => string | Buffer): void {
  const more = (): void => {
    while (!response.destroyed && response.writableLength < 65_536) response.write(piece());
  };
  response.on('drain', more);
  more();
}

/** Longer than the framework waits when it closes a session. */
const LATE_MS = 1_500;

function sendWords(response: ServerResponse, fault: Fault | null): void {
  if (fault === 'garbage') response.writeHead(200, JSON_TYPE).end('{"text": [');
  else if (fault === 'empty') sendJson(response, {});
  else if (fault === 'stall') response.writeHead(200, JSON_TYPE).write('{"text":');
  else if (fault === 'cut')
    response.writeHead(200, JSON_TYPE).write('{"te', () => response.destroy());
  else if (fault === 'late') setTimeout(() => sendJson(response, { text: HEARD }), LATE_MS);
  else sendJson(response, { text: HEARD });
}

const JSON_TYPE = { 'content-type': 'application/json' };

function sendJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
}

function sendAnswer(
  response: ServerResponse,
  { fault, calls }: Pick<FakeOpenai, 'fault' | 'calls'>,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const about = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: 'fake' };
  const line = (delta: object, reason: string | null = null): string => {
    const choices = [{ index: 0, delta, finish_reason: reason }];
    return `data: ${JSON.stringify({ ...about, choices })}\n\n`;
  };
  const send = (...told: Parameters<typeof line>): void => void response.write(line(...told));
  const sendUsage = (): void => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    response.write(`data: ${JSON.stringify({ ...about, choices: [], usage })}\n\n`);
  };
  if (fault === 'garbage') {
    response.end('data: {"choices": [}\n\ndata: <html>busy</html>\n\n');
    return;
  }
  const call = (argument: string): object => ({
    tool_calls: [{ index: 0, function: { arguments: argument } }],
  });
  const begin = (name: string, argument: string): void =>
    send({ tool_calls: [{ index: 0, id: 'c1', function: { name, arguments: argument } }] });
  if (fault === 'endless') {
    if (calls !== null) begin(calls, '{"colour": "');
    pour(response, () =>
      line(calls === null ? { content: 'and on ' } : call('and on '.repeat(99))),
    );
    return;
  }
  if (fault === 'idle') {
    send({ role: 'assistant', content: '' });
    const timer = setInterval(() => {
      send({ content: '\n' });
      sendUsage();
    }, 50);
    response.on('close', () => clearInterval(timer));
    return;
  }
  if (fault !== 'empty' && calls === null) send({ role: 'assistant', content: ANSWERED });
  if (fault === 'stall') return;
  if (fault === 'sprawl') {
    response.write('data: ');
    pour(response, () => 'x'.repeat(4_096));
    return;
  }
  if (fault === 'cut' || fault === 'nonsense') {
    setTimeout(() => {
      if (fault === 'cut') response.destroy();
      else response.end('data: {"choices": [}\n\n');
    }, 50);
    return;
  }
  if (calls !== null) {
    const [head, tail] = ['{"colour"', ': "red"}'];
    begin(calls, head);
    send(call(tail));
  }
  send({}, calls === null ? 'stop' : 'tool_calls');
  sendUsage();
  response.write('data: [DONE]\n\n');
  if (fault === 'open') return;
  if (fault === 'tail') sendUsage();
  else response.end();
}

/** One second of 440 Hz, its head cut in two, as nobody promises otherwise. */
function sendTone(response: ServerResponse, { fault, sound }: FakeOpenai): void {
  const { contentType, rate } = sound;
  const pcm = Int16Array.from({ length: rate }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 440 * i) / rate)),
  );
  response.writeHead(200, { 'content-type': contentType });
  if (fault === 'empty') {
    response.end();
    return;
  }
  if (fault === 'garbage') {
    response.end('{"error": "busy"}');
    return;
  }
  if (contentType === 'audio/wav') {
    const isKnown = fault === 'open' || fault === 'tail';
    const head = wavHead(rate, isKnown ? pcm.byteLength : undefined);
    if (fault === 'trickle' || fault === 'padding') {
      if (fault === 'padding') response.write(Buffer.from('RIFF    WAVELIST\0\0\0\xf0', 'latin1'));
      const bytes = fault === 'padding' ? Buffer.alloc(0) : head;
      let sent = 0;
      const timer = setInterval(() => response.write(Buffer.of(bytes[sent++] ?? 0)), 50);
      response.on('close', () => clearInterval(timer));
      return;
    }
    response.write(head.subarray(0, 30));
    response.write(head.subarray(30));
  }
  const bytes = Buffer.from(pcm.buffer);
  if (fault === 'stall') response.write(bytes.subarray(0, 9_601));
  else if (fault === 'cut') response.write(bytes.subarray(0, 9_601), () => response.destroy());
  else if (fault === 'endless') pour(response, () => bytes);
  else if (fault === 'open') response.write(bytes);
  else if (fault === 'idle' || fault === 'tail') {
    if (fault === 'tail') response.write(bytes);
    const timer = setInterval(() => response.write(bytes.subarray(0, 2)), 50);
    response.on('close', () => clearInterval(timer));
  } else response.end(bytes);
}

/** A server may not know yet how many bytes it will speak. */
function wavHead(rate: number, length = 0xff_ff_ff_ff): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF\xff\xff\xff\xffWAVEfmt ', 0, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(length, 40);
  return head;
}
