/** A visitor books a repair in several turns, interrupts, is said goodbye to; speaks or types before the agent is there; and calls from a page that does things for the agent. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Agent, AgentVersion } from '../../sdk/wire/agent.js';
import type { Call } from '../../sdk/wire/call.js';
import type { DialNexaWebCall } from '../../sdk/index.js';
import { ANSWERED, openFakeOpenai, type FakeOpenai } from '../agent/support/fake-openai.js';
import { waitFor } from '../support/wait-for.js';
import { holdsEvidence } from './evidence.js';
import { callerFile, launchBrowser, openPage, say } from './browser.js';
import { closedRecord, recordedCall } from './live-call.js';
import { pageCall, type PageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

let product: Product;
let provider: FakeOpenai;
let browser: Browser;

beforeAll(async () => {
  provider = await openFakeOpenai();
  product = await startProduct({ LLM_BASE_URL: provider.baseUrl });
  browser = await launchBrowser('injected');
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await provider?.close();
});

async function endedRecord(call: PageCall): Promise<Call> {
  const end = await call.ended(20_000);
  return recordedCall(product, 'callId' in end ? (end.callId ?? '') : '');
}

function words(record: Call, role: 'user' | 'agent'): string[] {
  return record.transcript.filter((turn) => turn.role === role).map((turn) => turn.content);
}

function said(record: Call): string {
  return record.transcript.map((turn) => `${turn.role}: ${turn.content}`).join('\n');
}

it('a caller books a repair, confirms it, and the agent ends the call after the goodbye', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  expect(await call.start()).toEqual({ refusal: null });
  await call.agentDone();
  for (const sentence of ['book', 'confirm']) {
    await say(page, callerFile('am_michael', sentence));
    await call.agentDone();
  }
  await say(page, callerFile('am_michael', 'bye'));
  const record = await endedRecord(call);
  expect(record.end_reason, said(record)).toBe('agent_disconnected');
  expect(record.status).toBe('completed');
  const [, readBack = '', confirmed = ''] = words(record, 'agent');
  expect(readBack).toMatch(/friday/i);
  expect(readBack).toMatch(/three|3/i);
  expect(confirmed).toMatch(/booked|confirmed/i);
  expect(words(record, 'user').length).toBe(3);
  await page.close();
});

it('an interruption silences the agent, and the record says which turn was cut off', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  await call.start();
  await call.agentDone();
  await say(page, callerFile('af_heart', 'price'));
  const speakingAt = await waitFor(
    async () => {
      const note = (await call.noted('agentState')).at(-1);
      return (note?.payload as { agentState?: string })?.agentState === 'speaking'
        ? note?.at
        : null;
    },
    { timeoutMs: 10_000, everyMs: 20, what: 'the agent to speak' },
  );
  await say(page, callerFile('af_heart', 'interrupt'));
  await waitFor(
    async () => {
      const later = (await call.noted('agentState')).filter((note) => note.at > speakingAt);
      return later.some(
        (note) => (note.payload as { agentState: string }).agentState !== 'speaking',
      );
    },
    { withinMs: 5000, what: 'the agent to stop' },
  );
  await call.end();
  const record = await endedRecord(call);
  expect(record.transcript.some((turn) => turn.role === 'agent' && turn.interrupted)).toBe(true);
});

it('what is said before the agent is there is heard, answered and recorded, and nobody is greeted on top', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  // An agent that is quick would be there before the first word.
  const agents = product
    .processes()
    .filter(({ command }) => /agent\/main|agents\/dist/.test(command));
  for (const { pid } of agents) process.kill(pid, 'SIGSTOP');
  try {
    expect(await call.start()).toEqual({ refusal: null });
    expect(await call.state()).toMatchObject({ status: 'starting', stage: 'waiting_for_agent' });
    await say(page, callerFile('af_heart', 'hours'));
  } finally {
    for (const { pid } of agents) process.kill(pid, 'SIGCONT');
  }
  await call.agentDone();
  await call.end();
  const record = await endedRecord(call);
  const roles = record.transcript.map((turn) => turn.role);
  expect(roles, JSON.stringify(record.transcript)).toEqual(['user', 'agent']);
  const sentence = 'What time do you open on Saturday?';
  await holdsEvidence(record, { sentence, answer: /saturday/i });
  await page.close();
});

it('what is typed before the agent is there is answered, and too much of it is refused with the reason', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  await call.start();
  expect(await call.state()).toMatchObject({ status: 'starting', stage: 'waiting_for_agent' });
  expect(await call.sendText('Where is your workshop?')).toBe(null);
  expect(await call.transcript()).toMatchObject([{ role: 'user', via: 'text' }]);
  await call.agentDone();
  const answers = await Promise.all(Array.from({ length: 9 }, () => call.sendText('Thank you.')));
  expect(new Set(answers)).toEqual(new Set([null, 'too_fast']));
  await call.end();
  const record = await endedRecord(call);
  expect(record.transcript.slice(0, 2)).toMatchObject([
    { role: 'user', content: 'Where is your workshop?' },
    { role: 'agent', content: expect.stringMatching(/mill lane/i) },
  ]);
  const refusals = record.timeline.filter((event) => event.type === 'text_refused');
  expect(refusals[0]?.detail).toEqual({ reason: 'too_fast', times: 1 });
  await page.close();
});

it('a call that is typed only is answered in writing: no voice is made, and there is nothing to record', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  expect(await call.start({ textOnly: true })).toEqual({ refusal: null });
  const written = (count: number) =>
    waitFor(
      async () => {
        const segments = await call.transcript();
        const whole = segments.filter(({ role, final }) => role === 'agent' && final);
        return whole.length >= count ? whole.at(-1) : null;
      },
      { what: `${count} answers` },
    );
  await written(1);
  expect(await call.sendText('When are you open on Saturday?')).toBe(null);
  expect((await written(2))?.text).toMatch(/saturday/i);
  await call.end();
  const end = await call.ended();
  const id = 'callId' in end ? (end.callId ?? '') : '';
  await closedRecord(product, id);
  // The agent tells its last words when it knows of the end.
  const told = async (): Promise<Call> => {
    const now = await product.call(id);
    if (now.transcript.length >= 3 && now.usage) return now;
    throw new Error(JSON.stringify({ said: now.transcript, used: now.usage, at: now.timeline }));
  };
  const record = await waitFor(told, { what: 'the last words' });
  expect(record.transcript.map(({ role, via }) => `${role} ${via}`)).toEqual([
    'agent text',
    'user text',
    'agent text',
  ]);
  expect(record.recording.status).toBe('none');
  expect(record.usage?.voice_characters ?? 0).toBe(0);
  expect(record.route.text_only).toBe(true);
  expect(record.explanation.findings).toEqual([]);
  await page.close();
});

/** The example of docs/sdk.md that has these words. */
function documented(words: string): string {
  const docs = readFileSync(new URL('../../docs/sdk.md', import.meta.url), 'utf8');
  const example = [...docs.matchAll(/^```js\n([^]*?)^```/gm)].find(([, code]) =>
    code?.includes(words),
  );
  return example?.[1] ?? `throw new Error('no example of ${words}')`;
}

interface NotedWindow {
  theCall: DialNexaWebCall;
  theNotes: { name: string; payload: unknown }[];
}

it('a page does what the agent asks of it, tells it what it should know, and presses keys', async () => {
  const settings = {
    llm: { provider: 'openai_compatible', model: 'fake' },
    prompt: 'You sell bicycles.',
    client_tools_enabled: true,
    welcome_message: 'Hello.',
  };
  const { body: agent } = await product.rest<Agent>('POST', '/v1/agents', {
    title: 'Bicycles',
    settings,
  });
  const publish = `/v1/agents/${agent.id}/versions/${agent.draft_version_number}/publish`;
  const { body: version } = await product.rest<AgentVersion>('POST', publish, {});
  expect(version).toMatchObject({ is_published: true });
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product, { agentVersionId: version.id });
  await page.evaluate(() => {
    const { theCall, theNotes } = globalThis as unknown as NotedWindow;
    document.body.append(Object.assign(document.createElement('p'), { id: 'bicycle' }));
    for (const name of ['toolsOffered', 'functionCall', 'toolCall', 'quality'] as const) {
      theCall.on(name, (payload: unknown) => theNotes.push({ name, payload }));
    }
  });
  await page.evaluate(`{ const call = theCall; ${documented('registerTool(')} }`);
  const noted = async (name: string): Promise<unknown[]> =>
    (await call.noted(name)).map(({ payload }) => payload);
  expect(await call.start()).toEqual({ refusal: null });
  await call.agentDone();
  await waitFor(async () => (await noted('toolsOffered')).length > 0, { what: 'the offer' });
  expect(await noted('toolsOffered')).toEqual([{ taken: ['show_colour'], refused: [] }]);
  provider.calls = 'show_colour';
  const [context = '', keys = ''] = documented('sendContext(').trim().split('\n');
  await page.evaluate(`(async (call) => { ${context} })(theCall)`);
  expect(await call.sendText('Please show it in red.')).toBe(null);
  await call.agentDone();
  provider.calls = null;
  expect(
    await page.evaluate(() => document.querySelector<HTMLElement>('#bicycle')?.style.color),
  ).toBe('red');
  const asked = (): string => JSON.stringify(provider.requests.at(-1)?.body);
  expect(asked()).toContain('Shows the bicycle on the page in a colour.');
  expect(asked()).toContain('The visitor looks at the blue bicycle, 499 pounds.');
  expect(asked()).toMatch(/shown/);
  await page.evaluate(`(async (call) => { ${keys} })(theCall)`);
  await call.agentDone();
  expect(asked()).toContain('pressed 1 2 #');
  expect(await noted('functionCall')).toEqual([
    { name: 'show_colour', status: 'started' },
    { name: 'show_colour', status: 'succeeded' },
  ]);
  expect(await noted('toolCall')).toMatchObject([{ name: 'show_colour', code: null }]);
  expect((await noted('quality')).length).toBeGreaterThan(0);
  await call.end();
  const record = await endedRecord(call);
  expect(record.functions).toMatchObject([
    {
      name: 'show_colour',
      source: 'page',
      ok: true,
      arguments: { colour: 'red' },
      answer: { shown: 'red' },
    },
  ]);
  expect(record.transcript.map(({ role, content }) => `${role}: ${content}`)).toEqual([
    'agent: Hello.',
    'user: Please show it in red.',
    `agent: ${ANSWERED}`,
    'user: pressed 1 2 #',
    `agent: ${ANSWERED}`,
  ]);
  const detailOf = (name: string): unknown =>
    record.timeline.find(({ type }) => type === name)?.detail;
  expect(detailOf('tools_offered')).toEqual({ taken: ['show_colour'], refused: [] });
  expect(detailOf('context_told')).toEqual({
    text: 'The visitor looks at the blue bicycle, 499 pounds.',
  });
  expect(detailOf('keys_pressed')).toEqual({ keys: '12#' });
  await page.close();
});
