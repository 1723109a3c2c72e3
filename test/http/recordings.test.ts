/** The recording behind its signed link: ranges, expiry, forgery. */
import { describe, expect, it } from 'vitest';
import { signRecordingLink } from '../../server/http/links/recording-link.js';
import { testApp } from '../support/test-app.js';

const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);
const verbs = {
  openRecording: (callId: string) =>
    Promise.resolve(
      callId === 'call_1'
        ? {
            contentType: 'audio/wav',
            size: bytes.length,
            read: (start: number, end: number) =>
              Promise.resolve(new Blob([bytes.slice(start, end + 1)]).stream()),
          }
        : null,
    ),
};
const link = (callId = 'call_1', seconds = 60) =>
  signRecordingLink('a-secret-for-links', callId, new Date(Date.now() + seconds * 1_000));

describe('GET /v1/recordings/{call_id}', () => {
  const { request } = testApp(verbs);

  it('sends the whole file, as it is', async () => {
    const answer = await request(link(), { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    expect(answer.headers.get('content-length')).toBe('1000');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=900-', 900, 999],
    ['bytes=-10', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-5000', 0, 999],
  ])('sends %s', async (range, start, end) => {
    const answer = await request(link(), { headers: { range } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes.slice(start, end + 1));
  });

  it('opens to a page of any origin, as it opens to whoever has its link', async () => {
    const headers = { origin: 'https://elsewhere.example', range: 'bytes=0-9' };
    const answer = await request(link(), { headers });
    expect(answer.status).toBe(206);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'accept-ranges, content-length, content-range',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.headers.get('content-security-policy')).toContain("media-src 'self'");
    const asked = await request(link(), { method: 'OPTIONS', headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toBe('range');
    const expired = await request(link('call_1', -1), { headers });
    expect(expired.headers.get('access-control-allow-origin')).toBe('*');
    expect(expired.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it.each([
    [{}, 200, '1000'],
    [{ range: 'bytes=0-9' }, 206, '10'],
  ])('says how long it is without sending it: %o', async (headers, status, length) => {
    const answer = await request(link(), { method: 'HEAD', headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-length')).toBe(length);
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  it('refuses ranges outside, and ignores those it does not speak', async () => {
    const outside = await request(link(), { headers: { range: 'bytes=1000-' } });
    expect(outside.status).toBe(416);
    expect(outside.headers.get('content-range')).toBe('bytes */1000');
    for (const range of ['bytes=5-1', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-']) {
      expect((await request(link(), { headers: { range } })).status).toBe(200);
    }
  });

  it('opens for nothing but its own link, and only for a time', async () => {
    const status = async (path: string) => (await request(path)).status;
    expect(await status(link().replace('call_1', 'call_2'))).toBe(401);
    expect(await status(link().replace(/expires=\d+/, 'expires=99999999999'))).toBe(401);
    expect(await status('/v1/recordings/call_1')).toBe(400);
    const expired = await request(link('call_1', -1));
    expect(await expired.json()).toMatchObject({ statusCode: 401, code: 'token_expired' });
    expect(await status(link('call_9'))).toBe(404);
  });
});
