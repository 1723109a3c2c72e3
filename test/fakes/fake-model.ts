/** A server on this machine that speaks OpenAI's chat interface and answers with an analysis, or fails in one of the known ways. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `endless` never stops to answer, `drip` says one byte now and then, `refusesSchema` takes no `response_format`. */
export type ModelFault =
  | 'down'
  | 'silent'
  | 'drip'
  | 'garbage'
  | 'text'
  | 'endless'
  | 'refusesSchema'
  | 'redirect'
  | number;

export interface ModelRequest {
  authorization: string | undefined;
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string; json_schema: { strict: boolean; schema: object } };
}

export interface FakeModel {
  baseUrl: string;
  requests: ModelRequest[];
  fault: ModelFault | null;
  /** What it answers as the content of its message. */
  content: unknown;
  close(): Promise<void>;
}

/** Listens on loopback. */
export async function openFakeModel(): Promise<FakeModel> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as ModelRequest;
      fake.requests.push({ ...body, authorization: request.headers.authorization });
      answer(fake, body, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const fake: FakeModel = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    fault: null,
    content: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function answer({ fault, content }: FakeModel, body: ModelRequest, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  if (fault === 'down') response.destroy();
  else if (fault === 'silent') return;
  else if (typeof fault === 'number') response.writeHead(fault, json).end('{"error": "no"}');
  else if (fault === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
  else if (fault === 'refusesSchema' && body.response_format)
    response.writeHead(400, json).end('{}');
  else if (fault === 'garbage') response.writeHead(200, json).end('{"choices": [');
  else if (fault === 'endless') pour(response.writeHead(200, json));
  else if (fault === 'drip') drip(response.writeHead(200, json));
  else {
    const said = fault === 'text' ? 'I am sorry, I cannot do that.' : JSON.stringify(content);
    const usage = { prompt_tokens: 1_200, completion_tokens: 80, total_tokens: 1_280 };
    const choices = [
      { index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' },
    ];
    response
      .writeHead(200, json)
      .end(JSON.stringify({ id: 'c1', object: 'chat.completion', choices, usage }));
  }
}

function pour(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.writableLength < 65_536)
      response.write(' '.repeat(4_096));
  };
  response.on('drain', more);
  more();
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}
