/** The explanation of calls as their agents report them, over REST, on a real database. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { AgentVersion } from '../../sdk/wire/agent.js';
import type { Call, CallSummary, Explanation } from '../../sdk/wire/call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

let hints = 0;
const consent = { text: 'Calls are recorded.', version: '1', accepted_at: '2026-01-01T12:00:00Z' };

/** A call whose caller came after 0.5 s and whose agent 0.3 s later; times of what is reported are ms after the caller came. */
async function answeredCall(request: object = {}) {
  const body = { agent_id: real.first.agent_id, consent, page_url: 'https://shop.example/a?b=c' };
  const { body: grant } = await real.createCall({ ...body, ...request });
  const joins = (ms: number, participant: object) => {
    real.clock.at += ms;
    const event = { event: 'participant_joined', id: `EV_x${(hints += 1)}`, participant };
    return real.webhook({ ...event, room: { name: real.roomOf(grant) } });
  };
  await joins(500, { sid: 'PA_c', identity: decodeJwt(grant.access_token).sub });
  const zero = real.clock.at;
  await joins(300, { sid: 'PA_a', identity: 'agent-1', kind: 'AGENT' });
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const token = await real.media.agentToken(real.roomOf(grant));
  const claim = await real.api('POST', `${path}/claim`, {}, bearer(token));
  const job = bearer((claim.body as AgentJob).job_token);
  const at = (ms: number): string => new Date(zero + ms).toISOString();
  let seq = 0;
  const report = async (...events: object[]): Promise<void> => {
    const numbered = events.map((event) => ({ seq: (seq += 1), ...event }));
    const answer = await real.api('POST', `${path}/events`, { events: numbered }, job);
    expect(answer.status).toBe(200);
  };
  return {
    id: grant.call_id,
    room: real.roomOf(grant),
    report,
    /** What its device saw. */
    tell: (told: object) =>
      real.api(
        'PUT',
        `/v1/web-calls/${grant.call_id}/client-report`,
        told,
        bearer(grant.call_token),
      ),
    /** So many ms of silence, from the caller's coming on. */
    record: (ms: number) =>
      real.request(`${path}/recording/0`, {
        method: 'PUT',
        headers: {
          ...job,
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
          'x-started-at': at(0),
        },
        body: Buffer.alloc(ms * 16 * 4),
      }),
    at,
    say: (role: 'user' | 'agent', content: string, from: number, to: number, more: object = {}) =>
      report({
        type: 'turn',
        turn_id: `t${seq}`,
        role,
        content,
        started_at: at(from),
        ended_at: at(to),
        ...more,
      }),
    /** The agent hangs up. */
    end: (ms: number) => {
      real.clock.at = zero + ms;
      return real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, job);
    },
    /** By other clocks the call goes on meanwhile. */
    passes: (ms: number) => void (real.clock.at = zero + ms),
    explanation: async () => (await real.readCall(grant.call_id)).explanation,
  };
}

const codesOf = ({ findings }: Explanation) => findings.map(({ code }) => code);
const row = async (id: string): Promise<CallSummary | undefined> =>
  ((await real.api('GET', `/v1/calls?call_id=${id}`)).body as { data: CallSummary[] }).data[0];

describe('a good call', () => {
  it('is told in some sentences, and nothing stands out', async () => {
    const call = await answeredCall();
    call.passes(12_000);
    await call.say('agent', 'Hello. How can I help you?', 900, 2_600);
    await call.say('user', 'When do you open?', 3_500, 4_700, { confidence: 0.94 });
    const latency = { end_of_turn_ms: 400, stt_ms: 90, llm_ms: 5, tts_ms: 80, total_ms: 650 };
    await call.say('agent', 'At nine.', 5_350, 6_000, { latency });
    await call.say('user', 'Thank you, goodbye.', 7_000, 8_300, { confidence: 0.9 });
    await call.end(9_000);
    await real.domain.noteFindings(call.id);
    expect((await row(call.id))?.findings).toEqual([]);
    expect(await call.explanation()).toEqual({
      language: 'en',
      headline: 'The agent ended the call after 9 s.',
      sentences: [
        'A visitor of https://shop.example/a started the call with the key “Demo page”.',
        'Version 1 “Front desk” of “Bicycle workshop” answered for it. The request named the agent by agent_id, which chose its latest published version; it is still the newest.',
        'The caller joined 500 ms after the call was created; the agent was there 300 ms later and was heard after 900 ms.',
        'The caller spoke twice and the agent twice; an answer took 650 ms.',
        'The agent ended the call after 9 s.',
      ],
      findings: [],
    });
  });

  it('that goes on says so', async () => {
    const call = await answeredCall();
    const { headline, sentences } = await call.explanation();
    expect(headline).toBe('The call is going on.');
    expect(sentences.at(-1)).toBe('The call is going on.');
    await real.domain.noteFindings(call.id);
    await call.end(1_000);
  });
});

describe('a call that went wrong', () => {
  it('says what was wrong, where, and what to do; lists and filters know its codes', async () => {
    const call = await answeredCall();
    call.passes(30_000);
    await call.say('agent', 'Hello {{first_name}}.', 900, 2_600);
    await call.say('user', 'Is my bicycle ready?', 3_500, 5_000);
    const latency = { end_of_turn_ms: 400, stt_ms: 90, llm_ms: 300, tts_ms: 80, total_ms: 5_100 };
    const failed = { name: 'find_ticket', ok: false, latency_ms: 4_200, error: 'HTTP 500' };
    await call.report({ type: 'function', at: call.at(5_600), ...failed });
    await call.say('agent', 'I cannot tell.', 10_100, 11_000, { latency });
    await call.end(12_000);
    const explanation = await call.explanation();
    expect(explanation.headline).toBe(
      'The agent ended the call after 12 s: a function failed, a variable was missing and 1 more.',
    );
    expect(
      explanation.findings.map(({ code, severity, at_ms, text }) => [code, severity, at_ms, text]),
    ).toEqual([
      [
        'function_failed',
        'fault',
        5_600,
        '1 of 1 function call failed, first “find_ticket”: “HTTP 500”.',
      ],
      [
        'missing_variable',
        'fault',
        900,
        'The agent spoke a placeholder literally once: “{{first_name}}” had no value.',
      ],
      [
        'slow_answer',
        'warning',
        10_100,
        '1 of 1 answer came late, the slowest after 5.1 s, of which a function took 4.2 s.',
      ],
    ]);
    expect((await row(call.id))?.findings).toEqual([]);
    await real.domain.noteFindings(call.id);
    await real.domain.noteFindings(call.id);
    expect((await row(call.id))?.findings).toEqual(codesOf(explanation));
    const filtered = async (finding: string) =>
      (await real.api('GET', `/v1/calls?finding=${finding}`)).body as { data: CallSummary[] };
    const listed = (await filtered('talk_over,function_failed')).data.map(({ id }) => id);
    expect(listed).toEqual([call.id]);
    expect((await filtered('talk_over')).data).toEqual([]);
    expect((await real.api('GET', '/v1/calls?finding=slow')).status).toBe(400);
  });

  it.each([
    ['agent', 'the agent was gone and did not come back', 'der Agent war weg und kam nicht wieder'],
    ['room', 'the media server had lost the call', 'der Medienserver hatte das Gespräch verloren'],
  ])('says once what was gone where something broke: the %s', async (gone, english, german) => {
    const { id, room } = await answeredCall();
    real.clock.at += 7_600;
    const lost = { sid: 'PA_a', identity: 'agent-1', kind: 'AGENT' };
    const participant = { ...lost, disconnectReason: 'CONNECTION_TIMEOUT' };
    const told = gone === 'agent' ? { event: 'participant_left', participant } : {};
    const event = {
      event: 'room_finished',
      id: `EV_x${(hints += 1)}`,
      room: { name: room },
      ...told,
    };
    expect(await real.webhook(event)).toBe(200);
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    const { explanation, end_reason: reason } = await real.readCall(id);
    expect(reason).toBe('system_failure');
    expect(explanation.headline).toMatch(
      new RegExp(`^Something broke on our side after [\\d.]+ s: ${english}\\.$`),
    );
    expect(explanation.sentences.at(-1)).toBe(explanation.headline);
    expect(explanation.findings[0]?.text).toBe(`A failure on our side ended the call: ${english}.`);
    const answer = await real.request(`/v1/calls/${id}`, {
      headers: { ...real.secret, 'accept-language': 'de' },
    });
    expect(((await answer.json()) as Call).explanation.headline).toContain(`: ${german}.`);
  });

  it('is known by its codes some seconds after its end, and by those that a late end of its recording adds', async () => {
    const call = await answeredCall();
    call.passes(20_000);
    await call.say('agent', 'Hello {{first_name}}.', 900, 2_600);
    await call.say('user', 'Hello?', 3_500, 15_000);
    await call.record(6_000);
    // Its worker is killed.
    await real.api('POST', `/v1/web-calls/${call.id}/terminate`, {});
    const codes = async (afterMs: number) => {
      real.clock.at += afterMs;
      await real.domain.afterCalls();
      await real.domain.closeDueCalls();
      return (await row(call.id))?.findings;
    };
    expect(await codes(0)).toEqual([]);
    expect(await codes(10_000)).toEqual(['missing_variable']);
    expect(await codes(10_000)).toEqual(['missing_variable', 'recording_gap']);
    expect(codesOf(await call.explanation())).toEqual(['missing_variable', 'recording_gap']);
  });

  it('is known as well by what is told of it late: functions, notes, and what its device saw', async () => {
    const call = await answeredCall();
    call.passes(6_000);
    await call.say('agent', 'Hello.', 900, 2_600);
    await call.say('user', 'Hello, and bye.', 3_500, 5_800);
    await real.api('POST', `/v1/web-calls/${call.id}/terminate`, {});
    const codes = async () => {
      real.clock.at += 6_000;
      await real.domain.afterCalls();
      return (await row(call.id))?.findings;
    };
    expect(await codes()).toEqual([]);
    const failed = { type: 'function', name: 'find', ok: false, latency_ms: 9, error: 'HTTP 500' };
    await call.report({ ...failed, at: call.at(4_000) });
    expect(await codes()).toEqual(['function_failed']);
    const detail = { part: 'voice', provider: 'elsewhere', error: 'HTTP 500' };
    await call.report({ type: 'note', name: 'provider_failed', detail, at: call.at(4_500) });
    expect(await codes()).toEqual(['provider_failed', 'function_failed']);
    const loss = { p50: 9, p90: 20, max: 40 };
    const figures = { codec: 'opus', candidate_type: 'host', protocol: 'udp', samples: 9 };
    const connection = { ...figures, rtt_ms: null, jitter_ms: null, packet_loss_percent: loss };
    // While another process is at what is left to do for the call.
    await call.report({ ...failed, at: call.at(4_600) });
    real.clock.at += 6_000;
    const now = real.clock.now();
    const until = new Date(now.getTime() + 60_000);
    const [work] = await real.store.claimWork('another process', now, until, 1);
    if (!work) throw new Error('nothing is left to do');
    expect((await call.tell({ sent_at_ms: 1, timeline: [], connection })).status).toBe(204);
    await real.store.finishWork(work);
    expect(await codes()).toEqual(['provider_failed', 'function_failed', 'packet_loss']);
    expect(codesOf(await call.explanation())).toEqual((await row(call.id))?.findings);
    // Then there is nothing left to do.
    expect(await real.store.claimWork('another process', until, until, 9)).toEqual([]);
  });

  it('stays short and plain whatever was said', async () => {
    const call = await answeredCall();
    call.passes(30_000);
    const hostile = `\u202E<script>alert(1)</script>\u2066${'very long '.repeat(900)}`;
    await call.say('user', hostile, 3_000, 4_000, { confidence: 0.2 });
    await call.say('user', hostile, 5_000, 6_000, { confidence: 0.2 });
    await call.say('agent', `{{${'x'.repeat(5_000)}}}`, 7_000, 8_000);
    await call.end(9_000);
    const explanation = await call.explanation();
    expect(codesOf(explanation)).toEqual(['missing_variable', 'caller_repeats', 'low_confidence']);
    for (const { text } of explanation.findings) {
      expect(text.length).toBeLessThan(250);
      expect(text).not.toMatch(/\p{C}/u);
    }
    expect(explanation.findings[1]?.text).toContain('“<script>alert(1)</script>very long ');
  });
});

describe('the version', () => {
  it('that was no longer the newest is a finding; one that is published later is but told', async () => {
    const path = `/v1/agents/${real.first.agent_id}/versions`;
    const before = await answeredCall();
    await before.end(1_000);
    real.clock.at += 60_000;
    const draft = ((await real.api('GET', path)).body as { data: AgentVersion[] }).data[0]!;
    await real.api('POST', `${path}/${draft.version_number}/publish`, { version_title: 'Two' });
    expect((await before.explanation()).sentences[1]).toContain(
      'version 2 has been published since',
    );
    expect(codesOf(await before.explanation())).toEqual([]);
    real.clock.at += 60_000;
    const after = await answeredCall({ agent_version_number: 1 });
    await after.end(1_000);
    const { findings, sentences } = await after.explanation();
    expect(findings.map(({ text }) => text)).toEqual([
      'The call ran version 1 although version 2 had been published.',
    ]);
    expect(sentences[1]).toContain('The request named it by agent_version_number');
  });
});

describe('the language', () => {
  it('is the one that the reader likes best, or asks for; one that nobody knows is refused', async () => {
    const call = await answeredCall();
    await call.end(2_000);
    const path = `/v1/calls/${call.id}`;
    const read = async (query: string, language?: string) => {
      const headers = { ...real.secret, ...(language ? { 'accept-language': language } : {}) };
      const answer = await real.request(path + query, { headers });
      return { answer, told: ((await answer.json()) as Call).explanation };
    };
    const { answer, told } = await read('', 'fr, de-CH;q=0.7, en;q=0.3');
    expect(told.language).toBe('de');
    expect(told.headline).toMatch(/^Der Agent hat das Gespräch beendet \(2 s\)/);
    expect(answer.headers.get('vary')).toMatch(/accept-language/i);
    expect((await read('?language=en', 'de')).told.language).toBe('en');
    expect((await read('')).told.language).toBe('en');
    expect((await real.api('GET', `${path}?language=xx`)).status).toBe(400);
    expect((await real.api('GET', `${path}?lang=de`)).status).toBe(400);
  });
});
