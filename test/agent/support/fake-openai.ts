/** An OpenAI-compatible provider on this machine: it hears, answers and speaks always the same. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider hears in any sound, and what it answers to any question. */
export const HEARD = 'Where is your workshop?';
export const ANSWERED = 'The provider says hello.';

const RATE = 24_000;

/** A running provider. */
export interface FakeOpenai {
  baseUrl: string;
  /** Paths that were asked for. */
  asked: string[];
  /** Bodies of what the language model was asked, as text. */
  told: string[];
  close(): Promise<void>;
}

/** Listens on loopback. */
export async function openFakeOpenai(): Promise<FakeOpenai> {
  const asked: string[] = [];
  const told: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = (request.url ?? '').replace('/v1', '');
      asked.push(path);
      if (path === '/audio/transcriptions') sendJson(response, { text: HEARD });
      else if (path === '/chat/completions') {
        told.push(Buffer.concat(parts).toString());
        sendAnswer(response);
      } else if (path === '/audio/speech') sendTone(response);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    told,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const about = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: 'fake' };
  const choice = (delta: object, reason: string | null): object => ({
    ...about,
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  for (const part of [
    choice({ role: 'assistant', content: ANSWERED }, null),
    choice({}, 'stop'),
    { ...about, choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
  ]) {
    response.write(`data: ${JSON.stringify(part)}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

/** One second of 440 Hz. */
function sendTone(response: ServerResponse): void {
  const pcm = Int16Array.from({ length: RATE }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 440 * i) / RATE)),
  );
  response.writeHead(200, { 'content-type': 'audio/pcm' }).end(Buffer.from(pcm.buffer));
}
