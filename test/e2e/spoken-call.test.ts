/** A visitor presses the button, speaks, is answered, hangs up; the record explains it. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackendClient } from '../../sdk/backend/index.js';
import type { LiveCallEvent } from '../../sdk/backend/index.js';
import type { Call } from '../../sdk/wire/call.js';
import { OtlpCollector } from '../support/otlp-collector.js';
import { waitFor } from '../support/wait-for.js';
import { callerFile, heard, launchBrowser, openMedia, openPage, say } from './browser.js';
import { holdsEvidence } from './evidence.js';
import { recordedCall } from './live-call.js';
import { startProduct, type Product } from './product.js';

const sentence = 'What time do you open on Saturday?';
const screenshot = fileURLToPath(new URL('../../docs/widget-in-call.png', import.meta.url));

let collector: OtlpCollector;
let product: Product;
let browser: Browser;
let page: Page;
let record: Call;
/** What was told while the call went on. */
const followed: LiveCallEvent[] = [];

beforeAll(async () => {
  collector = await OtlpCollector.open();
  product = await startProduct({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_CAPTURE_CONTENT: 'true',
  });
  browser = await launchBrowser('injected');
  page = await openPage(browser, product.url, true);
});

async function follow(id: string): Promise<void> {
  const backend = new BackendClient({ serverUrl: product.url, secretKey: product.secretKey });
  for await (const event of backend.calls.live(id)) followed.push(event);
}

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await collector?.close();
});

describe('a spoken call from the button to the record', () => {
  it('is answered in the page by voice and in text', async () => {
    await page.setViewportSize({ width: 760, height: 860 });
    await page.locator('dialnexa-call').getByRole('button').first().click();
    const id = await waitFor(async () => (await product.newestCall())?.id, { what: 'a record' });
    const following = follow(id);
    await waitFor(async () => (await product.call(id)).status === 'received', {
      timeoutMs: 15_000,
      what: 'the status received',
    });
    await waitFor(async () => (await heard(page)).energy > 0.01, {
      timeoutMs: 15_000,
      what: 'the sound of the agent',
    });
    // Told when it has been said.
    await waitFor(async () => (await product.call(id)).transcript[0], {
      timeoutMs: 20_000,
      what: 'the welcome',
    });
    await say(page, callerFile('af_heart', 'hours'));
    const turns = await waitFor(
      async () => {
        const { transcript } = await product.call(id);
        const asked = transcript.findIndex((turn) => turn.role === 'user');
        const answered = transcript.slice(asked + 1).some((turn) => turn.role === 'agent');
        return asked >= 0 && answered ? transcript : null;
      },
      { timeoutMs: 40_000, what: 'the question and its answer' },
    );
    const answer = turns.findLast((turn) => turn.role === 'agent')?.content ?? '';
    await page
      .locator('dialnexa-call')
      .getByText(answer.split(' ').slice(0, 3).join(' '))
      .first()
      .waitFor();
    if (process.env.WRITE_DOCS) {
      mkdirSync(dirname(screenshot), { recursive: true });
      await page.screenshot({ path: screenshot });
    }
    await page
      .locator('dialnexa-call')
      .getByRole('button', { name: 'Hang up', exact: true })
      .click();
    record = await recordedCall(product, id);
    await following;
  });

  it('was followed while it went on: who is loud, and words before their turn is finished', () => {
    const place = (test: (event: LiveCallEvent) => boolean): number => followed.findIndex(test);
    const turnOf = (role: 'user' | 'agent') =>
      place((one) => one.type === 'turn' && one.turn.role === role);
    const wordsOf = (role: 'user' | 'agent') =>
      place((one) => one.type === 'interim' && one.role === role && one.text.trim() !== '');
    for (const role of ['user', 'agent'] as const) {
      expect(wordsOf(role), role).toBeGreaterThanOrEqual(0);
      expect(wordsOf(role), role).toBeLessThan(turnOf(role));
    }
    const levels = followed.flatMap((one) => (one.type === 'level' ? [one] : []));
    expect(new Set(levels.map(({ role }) => role))).toEqual(new Set(['user']));
    expect(levels.map(({ loud }) => loud).slice(0, 2)).toEqual([true, false]);
    expect(place((one) => one.type === 'level')).toBeLessThan(turnOf('user'));
    expect(followed.at(-1)).toMatchObject({ type: 'ended', end_reason: 'user_disconnected' });
  });

  it('is one trace of server and agent, with its words where the operator wants them', async () => {
    const spans = () => collector.of(record.trace_id);
    const named = (name: string) => spans().find((span) => span.name === name);
    await waitFor(() => named('analysis') && named('agent_job'), { what: 'both halves' });
    const root = named('call');
    expect(root).toMatchObject({ service: 'dialnexa-server', parentId: null });
    expect(root?.attributes).toMatchObject({ 'dialnexa.call.id': record.id });
    expect(named('agent_job')).toMatchObject({ service: 'dialnexa-agent', parentId: root?.spanId });
    const known = new Set(spans().map(({ spanId }) => spanId));
    const lost = spans().filter(({ parentId }) => parentId !== null && !known.has(parentId));
    expect(lost).toEqual([]);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(
      new Set([record.trace_id]),
    );
    const asked = record.transcript.find(({ role }) => role === 'user')?.content ?? '';
    expect(named('user_turn')?.attributes['lk.pii.user_transcript']).toBe(asked);
    expect(String(named('llm_request')?.attributes['gen_ai.input.messages'])).toContain(asked);
  });

  it('is closed with its true end, version and route', () => {
    expect(record.status).toBe('completed');
    expect(record.end_reason).toBe('user_disconnected');
    expect(record.agent_id).toBe(product.agentId);
    expect(record.agent_version_number).toBe(1);
    expect(record.route.api_key_kind).toBe('publishable');
    expect(record.route.origin).toBe(product.url);
    expect(record.route.chosen_by).toBe('agent_id');
    const types = record.timeline.map((event) => event.status).filter(Boolean);
    expect(types).toEqual(['created', 'initiated', 'received', 'completed']);
  });

  it('holds the sentence, the answer to it, and a stereo recording of both', async () => {
    await holdsEvidence(record, { sentence, answer: /saturday/i });
  });

  it('explains itself: nothing went wrong, but for what a busy machine makes slow', () => {
    const { headline, sentences, findings } = record.explanation;
    expect(headline).toMatch(/^The caller hung up after \d+ s/);
    expect(sentences.join(' ')).toContain('The caller spoke once and the agent twice');
    const slow = ['agent_late', 'slow_answer'];
    // The demo page asks for none.
    const others = findings.filter(({ code }) => !slow.includes(code));
    expect(others.map(({ code }) => code)).toEqual(['consent_missing']);
  });

  it('tells how long answers took, and what was used of each provider', () => {
    expect(record.entry_point).toBe('web');
    expect(record.latency?.answers).toBeGreaterThanOrEqual(1);
    expect(record.latency?.total_ms?.p50).toBe(record.latency_ms);
    expect(record.audio_cache).toMatchObject({ enabled: true });
    expect(record.usage?.speech_ms).toBeGreaterThan(1_000);
    expect(record.usage?.voice_characters).toBeGreaterThan(20);
    expect(
      record.usage?.providers.map(({ kind, provider }) => `${kind} ${provider}`).sort(),
    ).toEqual(['llm offline', 'transcriber offline', 'voice offline']);
    expect(record.cost).toBe(null);
  });

  it('writes no secret into a log', () => {
    const folder = join(product.dataDir, 'logs');
    const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const secret of [product.secretKey, product.livekitSecret(), 'eyJhbGci']) {
      expect(logs.filter((log) => log.includes(secret))).toEqual([]);
    }
  });

  it('leaves no peer connection in the page', async () => {
    await waitFor(async () => (await openMedia(page)).connections === 0, { what: 'closed media' });
  });
});
