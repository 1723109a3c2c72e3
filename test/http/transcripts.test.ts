/** The transcript as text and as subtitles: whatever was said stays words, and no field of a query is swallowed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

const HOSTILE =
  '<b>bold</b> & co\u0001\r\n\r\n2\r\n00:00:00,000 --> 00:09:00,000\n{\\an8}\u202Egnorw\u2028next \ud83d\ude42';

let real: RealApp;
let callId: string;
beforeAll(async () => {
  real = await realApp();
  const claimed = await claimedCall(real);
  callId = claimed.callId;
  const from = real.clock.now().getTime();
  const at = (ms: number) => new Date(from + ms).toISOString();
  real.clock.at += 100_000;
  const turn = (seq: number, start: number, end: number, more: object) => ({
    seq,
    type: 'turn',
    turn_id: `t${seq}`,
    started_at: at(start),
    ended_at: at(end),
    ...more,
  });
  const events = [
    turn(1, 1_000, 2_345, { role: 'agent', content: 'Hello there', interrupted: true }),
    turn(2, 2_400, 5_000, { role: 'user', content: HOSTILE }),
    turn(3, 70_000, 70_400, { role: 'user', content: 'A-1001', via: 'text' }),
    turn(4, 71_000, 72_000, { role: 'agent', content: '\u202E\u0007' }),
    turn(5, 80_000, 80_000, { role: 'agent', content: 'x'.repeat(50), via: 'text' }),
    turn(6, 84_000, 84_000, { role: 'user', content: 'x'.repeat(99), via: 'text' }),
    turn(7, 86_000, 86_000, { role: 'agent', content: 'x'.repeat(200), via: 'text' }),
  ];
  const headers = { authorization: `Bearer ${claimed.jobToken}` };
  const told = await real.api('POST', `/v1/agent-jobs/${callId}/events`, { events }, headers);
  expect(told).toEqual({ status: 200, body: { next_seq: 8 } });
});
afterAll(() => real.close());

async function read(format: string) {
  const answer = await real.request(`/v1/calls/${callId}/transcript?format=${format}`, {
    headers: real.secret,
  });
  return { headers: answer.headers, text: await answer.text() };
}

describe('a transcript', () => {
  it('reads as lines with times and speakers, who cut off whom, and what was typed', async () => {
    const { headers, text } = await read('txt');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${callId}.txt"`);
    expect(text.split('\n').slice(2, 6)).toEqual([
      '[00:00:01.000] Agent: Hello there — [cut off by the caller]',
      '[00:00:02.400] Caller: <b>bold</b> & co 2 00:00:00,000 --> 00:09:00,000 {\\an8}gnorw next 🙂',
      '[00:01:10.000] Caller (typed): A-1001',
      '[00:01:11.000] Agent: …',
    ]);
  });

  it('is valid SubRip, of which no words make a cue or mark-up', async () => {
    const { headers, text } = await read('srt');
    expect(headers.get('content-type')).toBe('application/x-subrip; charset=utf-8');
    expect(headers.get('content-disposition')).toContain(`${callId}.srt`);
    const cues = text.replace(/\r\n$/, '').split('\r\n\r\n');
    expect(cues).toHaveLength(7);
    for (const [index, cue] of cues.entries()) {
      const lines = cue.replace(/\r\n$/, '').split('\r\n');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toBe(String(index + 1));
      expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$/);
      expect(lines[2]).not.toMatch(/-->|[<>{}]/);
    }
    // What is written in no time is shown for a while.
    expect(cues[2]).toContain('00:01:10,000 --> 00:01:11,500\r\nCaller (typed): A-1001');
  });

  it('is valid WebVTT, with the words as they were said', async () => {
    const { headers, text } = await read('vtt');
    expect(headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    const [head, ...cues] = text.trimEnd().split('\n\n');
    expect(head).toBe('WEBVTT');
    expect(cues).toHaveLength(7);
    const lines = cues.map((cue) => cue.split('\n'));
    expect(lines.map((cue) => cue.length)).toEqual([3, 3, 3, 3, 3, 3, 3]);
    expect(lines.map((cue) => cue[1])).toEqual([
      '00:00:01.000 --> 00:00:02.345',
      '00:00:02.400 --> 00:00:05.000',
      '00:01:10.000 --> 00:01:11.500',
      '00:01:11.000 --> 00:01:12.000',
      // As long as they take to read, as far as nothing else is said, and at most seven seconds.
      '00:01:20.000 --> 00:01:23.000',
      '00:01:24.000 --> 00:01:26.000',
      '00:01:26.000 --> 00:01:33.000',
    ]);
    expect(lines[1]?.[2]).toBe(
      '<v Caller>&lt;b&gt;bold&lt;/b&gt; &amp; co 2 00:00:00,000 --&gt; 00:09:00,000 {\\an8}gnorw next 🙂',
    );
  });

  it.each([0, 400])(
    'says that the end of the call cut off what was said %i ms before it',
    async (pause) => {
      const { callId: id, grant, jobToken } = await claimedCall(real);
      await real.joinCaller(grant);
      const from = real.clock.now().getTime();
      const headers = { authorization: `Bearer ${jobToken}` };
      const told = (seq: number, start: number, end: number) => ({
        ...{
          seq,
          type: 'turn',
          turn_id: `t${seq}`,
          role: 'agent',
          content: 'You may',
          interrupted: true,
        },
        started_at: new Date(from + start).toISOString(),
        ended_at: new Date(from + end).toISOString(),
      });
      const cut = told(2, 20_000, pause ? 30_000 - pause : 40_000);
      real.clock.at += 30_000;
      await real.api('POST', `/v1/web-calls/${id}/terminate`, {});
      const events = [told(1, 10_000, 12_000), told(3, 15_000, 16_000), { ...cut, seq: 4 }];
      const path = `/v1/agent-jobs/${id}/events`;
      for (const [index, event] of events.entries()) {
        const sent = { events: [{ ...event, seq: index + 1 }] };
        expect((await real.api('POST', path, sent, headers)).status).toBe(200);
      }
      const marks = [
        'You may — [cut off by the caller]',
        'You may — [cut off by the caller]',
        'You may — [cut off by the end of the call]',
      ];
      for (const format of ['txt', 'srt', 'vtt']) {
        const text = await (
          await real.request(`/v1/calls/${id}/transcript?format=${format}`, {
            headers: real.secret,
          })
        ).text();
        expect(text.match(/You may.*\]/g), format).toEqual(marks);
      }
      const { explanation } = await real.readCall(id);

      expect(explanation.findings.find(({ code }) => code === 'agent_cut_off')?.text).toContain(
        'cut off 2 of 3',
      );
    },
  );

  it('is JSON by default and when asked for, and of no other form', async () => {
    const plain = await real.api('GET', `/v1/calls/${callId}/transcript`);
    expect((plain.body as { transcript: object[] }).transcript).toHaveLength(7);
    expect(await real.api('GET', `/v1/calls/${callId}/transcript?format=json`)).toEqual(plain);
    const other = await real.api('GET', `/v1/calls/${callId}/transcript?format=pdf`);
    expect(other).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('is empty in every form before anything was said', async () => {
    const { body } = await real.createCall();
    const path = `/v1/calls/${body.call_id}/transcript?format=`;
    const text = async (format: string) =>
      (await real.request(path + format, { headers: real.secret })).text();
    expect(await text('srt')).toBe('');
    expect(await text('vtt')).toBe('WEBVTT\n');
    expect(await text('txt')).toContain('which did not start');
  });
});

describe('a field of a query that an endpoint does not know', () => {
  it('is refused by name, wherever it is sent', async () => {
    const document = (await real.api('GET', '/openapi.json')).body as {
      paths: Record<string, Record<string, { security: Record<string, unknown>[] }>>;
    };
    const asked = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { security }]) => security.some((one) => 'secretKey' in one))
        .map(([method]) => ({ method, path: path.replaceAll(/\{\w+\}/g, 'call_1') })),
    );
    expect(asked.length).toBeGreaterThan(25);
    const missed: string[] = [];
    for (const { method, path } of asked) {
      const answer = await real.request(`${path}?swallowed=1`, {
        method: method.toUpperCase(),
        headers: real.secret,
      });
      const { code, message } = (await answer.json()) as {
        code: string;
        message: string | string[];
      };
      const isRefused = code === 'validation_failed' && String(message).includes('swallowed');
      if (!isRefused) missed.push(`${method} ${path}: ${answer.status} ${code}`);
    }
    expect(missed).toEqual([]);
  });
});
