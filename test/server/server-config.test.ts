/** The server's environment: what it becomes, and every fault in one go. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readServerConfig } from '../../server/server-config.js';

const folder = mkdtempSync(join(tmpdir(), 'dialnexa-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LIVEKIT = {
  LIVEKIT_URL: 'http://127.0.0.1:7880/',
  LIVEKIT_API_KEY: 'k',
  LIVEKIT_API_SECRET: 's',
};

function faultsOf(env: Record<string, string>): string[] {
  const result = readServerConfig({ DATA_DIR: folder, ...LIVEKIT, ...env });
  return result.ok ? [] : result.faults;
}

describe('readServerConfig', () => {
  it('fills in what is not set', () => {
    const result = readServerConfig({
      DATA_DIR: folder,
      ...LIVEKIT,
      GROQ_API_KEY: 'x',
      LLM_BASE_URL: 'http://127.0.0.1:11434/v1',
      TTS_BASE_URL: ' ',
      STT_API_KEY: 'of-nothing',
      PUBLIC_URL: '',
    });
    if (!result.ok) throw new Error(result.faults.join(' '));
    expect(result.config).toMatchObject({
      port: 8_787,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8787',
      providers: ['groq'],
      compatibleServers: ['llm'],
      embedded: false,
      databaseUrl: null,
      livekit: { url: 'http://127.0.0.1:7880/', publicUrl: 'ws://127.0.0.1:7880' },
    });
  });

  it('reads prices from JSON or a file of it, and names of secrets', () => {
    const price = { kind: 'llm', provider: 'openai', unit: 'million_input_tokens', price: 0.4 };
    const list = { currency: 'USD', prices: [price] };
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify(list));
    for (const PRICE_LIST of [file, JSON.stringify(list)]) {
      const env = { DATA_DIR: folder, ...LIVEKIT, PRICE_LIST, REDACT_FIELDS: 'patient, iban ,' };
      const result = readServerConfig(env);
      expect(result.ok && result.config.prices).toEqual(list);
      expect(result.ok && result.config.redactFields).toEqual(['patient', 'iban']);
    }
    const none = readServerConfig({ DATA_DIR: folder, ...LIVEKIT });
    expect(none.ok && [none.config.prices, none.config.redactFields]).toEqual([null, []]);
  });

  it.each([
    ['a file that is not there', '/nowhere/prices.json', /PRICE_LIST \/nowhere.* cannot be read/],
    ['what is no JSON', '{"currency"', /^PRICE_LIST is not JSON/],
    [
      'a price below nothing',
      '{"currency":"usd","prices":[{"kind":"llm","provider":"x","unit":"minute","price":-1}]}',
      /currency: must be three.*prices\.0\.price: /s,
    ],
    [
      'a unit that is not known',
      '{"currency":"USD","prices":[{"kind":"llm","provider":"x","unit":"hour","price":1}]}',
      /prices\.0\.unit: /,
    ],
  ])('tells %s at the start', (_what, PRICE_LIST, sentence) => {
    expect(faultsOf({ PRICE_LIST }).join(' ')).toMatch(sentence);
  });

  it.each([
    ['', ['http://127.0.0.1:8787', 'http://localhost:8787']],
    [
      'http://localhost:9000',
      ['http://localhost:9000', 'http://127.0.0.1:8787', 'http://localhost:8787'],
    ],
    ['http://[::1]:9000/', ['http://[::1]:9000', 'http://127.0.0.1:8787', 'http://localhost:8787']],
    // A page that somebody opens on their own machine is then none of ours.
    ['https://calls.example/voice', ['https://calls.example']],
    ['http://localhost.calls.example', ['http://localhost.calls.example']],
  ])('with PUBLIC_URL "%s" it knows its own origins', (PUBLIC_URL, origins) => {
    const result = readServerConfig({ DATA_DIR: folder, ...LIVEKIT, PUBLIC_URL });
    expect(result.ok && result.config.ownOrigins).toEqual(origins);
  });

  it('takes a path in PUBLIC_URL, but none that a proxy could take away to make another address', () => {
    const result = readServerConfig({
      DATA_DIR: folder,
      ...LIVEKIT,
      PUBLIC_URL: 'https://Example.com/voice/',
    });
    expect(result).toMatchObject({ ok: true, config: { publicUrl: 'https://example.com/voice' } });
    for (const PUBLIC_URL of [
      'https://a.example/v1/x',
      'https://a.example/?x',
      'https://u@a.example',
    ]) {
      expect(faultsOf({ PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL must have/)]);
    }
  });

  it('tells every fault at once, in sentences that name the variable', () => {
    const faults = faultsOf({
      PORT: '99999',
      PUBLIC_URL: 'shop.example',
      DATABASE_URL: 'mysql://x',
      LIVEKIT_API_SECRET: '',
      S3_BUCKET: 'b',
      TRUSTED_PROXIES: 'many',
      LOG_LEVEL: 'loud',
    });
    const all = faults.join('\n');
    for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'TRUSTED_PROXIES', 'LOG_LEVEL']) {
      expect(all).toMatch(new RegExp(`^${name} must be`, 'm'));
    }
    expect(all).toContain('only LIVEKIT_URL and LIVEKIT_API_KEY is set');
    expect(all).toContain('only S3_BUCKET is set');
    expect(faults).toHaveLength(7);
  });

  it('says that the data folder is none, or cannot be written', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(faultsOf({ DATA_DIR: file })).toEqual([expect.stringContaining(file)]);
    expect(faultsOf({ DATA_DIR: join(file, 'below') })).toHaveLength(1);
  });

  it('never repeats a secret', () => {
    const faults = faultsOf({ LIVEKIT_API_SECRET: 'topsecret', LIVEKIT_URL: '', PORT: 'x' });
    expect(faults.join(' ')).not.toContain('topsecret');
  });
});
