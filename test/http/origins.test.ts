/** Which origins a key may name, in which form they are kept, and which pages they let in. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { CreatedApiKey } from '../../sdk/wire/api-key.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());
afterEach(() => real.domain.endOpenCalls('test'));

const make = (...origins: string[]) =>
  real.api('POST', '/v1/api-keys', {
    name: 'Shop',
    kind: 'publishable',
    allowed_origins: origins,
  });
const preflight = async (origin: string) =>
  real.request('/v1/web-calls', { method: 'OPTIONS', headers: { origin } });
const startFrom = async (key: CreatedApiKey, origin: string) => {
  const asked = await preflight(origin);
  const headers = { authorization: `Bearer ${key.key}`, origin };
  const { status } = await real.createCall(undefined, headers);
  return [asked.status, asked.headers.get('access-control-allow-origin'), status];
};
const GUID = '2c127fa4-62c7-7e4f-90e5-472b45eecfdc';

describe('an origin that a browser sends', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://SHOP.example:443', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://müller.example', 'https://xn--mller-kva.example'],
    ['http://tauri.localhost', 'http://tauri.localhost'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['ionic://localhost', 'ionic://localhost'],
    ['tauri://localhost', 'tauri://localhost'],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', null],
    [`moz-extension://${GUID}`, null],
    [`safari-web-extension://${GUID.toUpperCase()}`, null],
  ])('is kept as it is sent, and let in: %s', async (written, sent) => {
    const origin = sent ?? written;
    const made = await make(written);
    expect(made).toMatchObject({ status: 201, body: { allowed_origins: [origin] } });
    expect(await startFrom(made.body, origin)).toEqual([204, origin, 201]);
  });
});

describe('all subdomains of a name', () => {
  it('are let in by one entry, and nothing else is', async () => {
    const made = await make('https://*.bücher.example', 'https://*.hats.example:8443');
    expect((await make('https://*.shop.co.uk', 'https://*.me.github.io')).status).toBe(201);
    const key = made.body as CreatedApiKey;
    const name = 'xn--bcher-kva.example';
    expect(key.allowed_origins).toEqual([`https://*.${name}`, 'https://*.hats.example:8443']);
    const inside = [`https://a.${name}`, `https://b.a.${name}`, 'https://a.hats.example:8443'];
    for (const origin of inside) expect(await startFrom(key, origin)).toEqual([204, origin, 201]);
    for (const origin of [
      `https://${name}`,
      `http://a.${name}`,
      `https://a.${name}:8443`,
      `https://a.${name}.evil.example`,
      `https://evil${name}`,
      'https://a.hats.example',
      `https://*.${name}`,
      'https://evil.example',
    ]) {
      expect(await startFrom(key, origin), origin).toEqual([403, null, 403]);
    }
  });
});

describe('what no browser sends', () => {
  it.each([
    ['https://shop.example;', 'write https://shop.example'],
    ['https://a.example,https://b.example', 'write https://a.example'],
    ['https://a.example/', 'write https://a.example'],
    ['https://a.example/page?x', 'write https://a.example'],
    ['https://user@a.example', 'write https://a.example'],
    ['a.example', 'write https://a.example'],
    ['*.a.example', 'write https://*.a.example'],
    ['http://*.a.example', 'a "*" needs https: write https://*.a.example'],
    ['https://*.a.example;', 'write https://*.a.example'],
    ['https://a.*.example', 'a "*" may only be the whole first part of a name'],
    ['https://*.example', 'a "*" needs a name of its own behind it'],
    ['https://*.10.0.0.1', 'a "*" needs a name of its own behind it'],
    ['*', 'would let every site use this key'],
    ['null', 'a page without an origin'],
    ['file:///index.html', 'no page has an origin with file'],
    ['wss://a.example', 'no page has an origin with wss'],
    ['capacitor://localhost/', 'write capacitor://localhost'],
    ['chrome-extension://*', "is no app's origin"],
    ['https://a..example', 'is not an origin'],
    ['https://shop.example:0', 'has a port that no page comes from: write https://shop.example'],
    ['https://*.shop.example:0', 'has a port that no page comes from: write https://*.shop'],
    ['capacitor://localhost:0', 'has a port that no page comes from: write capacitor://localhost'],
    ['ionic://localhost:70000', 'has a port that no page comes from: write ionic://localhost'],
    ['chrome-extension://abc', 'its id is 32 letters from a to p'],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnoq', 'its id is 32 letters from a to p'],
    ['moz-extension://abc', 'its id is a UUID'],
    ['https://*.co.uk', 'everybody who has a name under co.uk: put yours before it'],
    ['https://*.com.au:8443', 'everybody who has a name under com.au'],
    ['https://*.github.io', 'everybody who has a name under github.io'],
    ['https://*.Vercel.app.', 'everybody who has a name under vercel.app'],
  ])('is refused, with what to write: %s', async (origin, sentence) => {
    const { status, body } = await make('https://shop.example', origin);
    expect(status).toBe(400);
    const { message } = body as { message: string };
    expect(message).toContain(`allowed_origins[1]: `);
    expect(message).toContain(sentence);
  });
});

describe('a key made a moment after a stranger asked', () => {
  it('works at once, and strangers cost few looks', async () => {
    const looks = vi.spyOn(real.store, 'publishableOrigins');
    expect((await preflight('https://new.example')).status).toBe(403);
    await make('https://new.example');
    expect((await preflight('https://new.example')).status).toBe(204);
    looks.mockClear();
    const began = performance.now();
    const strangers = Array.from({ length: 100 }, (_, n) => preflight(`https://${n}.evil.example`));
    expect(new Set((await Promise.all(strangers)).map(({ status }) => status))).toEqual(
      new Set([403]),
    );
    expect(looks.mock.calls.length).toBeLessThanOrEqual(1 + (performance.now() - began) / 250);
  });
});
