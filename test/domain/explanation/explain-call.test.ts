/** What an explanation says, in which language, of whatever was said, and how long that takes. */
import { describe, expect, it } from 'vitest';
import { explainCall } from '../../../server/domain/explanation/explain-call.js';
import { preferredLanguage } from '../../../server/domain/explanation/texts/languages.js';
import { quote } from '../../../server/domain/explanation/quote.js';
import { NEWEST, at, shownCall, turn } from '../../console/call-fixture.js';

const base = shownCall();

describe('the sentences', () => {
  it('tell who started it from where, which version and why, how long each waited, how it went and why it ended', () => {
    const { headline, sentences } = explainCall(base, { ...NEWEST, newest_now: 4 }, 'en');
    expect(headline).toBe('The agent ended the call after 1 min 1 s: a long silence.');
    expect(sentences).toEqual([
      'A visitor of https://shop.example/pricing started the call with the key “Shop”.',
      'Version 3 “Winter hours” of “Bicycle workshop” answered for it. The request named the agent by agent_id, which chose its latest published version; version 4 has been published since.',
      'The caller joined 820 ms after the call was created; the agent was there 590 ms later and was heard after 700 ms.',
      'The caller spoke twice and typed once, the agent spoke 3 times.',
      'The agent ended the call after 1 min 1 s.',
    ]);
  });

  it('tell apart what the caller said and what it typed', () => {
    const typed = { via: 'text' } as const;
    const transcript = [
      turn('a', 'user', 'Hello?', 0),
      turn('b', 'agent', 'Hello.', 3_000),
      turn('c', 'user', 'When do you open?', 6_000, typed),
      turn('d', 'user', 'And on Sunday?', 9_000, typed),
    ];
    const told = (turns: typeof transcript, language: 'en' | 'de'): string =>
      explainCall({ ...base, transcript: turns }, NEWEST, language).sentences.join(' ');
    expect(told(transcript, 'en')).toContain(
      'The caller spoke once and typed twice, the agent spoke once.',
    );
    expect(told(transcript.slice(1), 'en')).toContain(
      'The caller typed twice, the agent spoke once.',
    );
    expect(told(transcript, 'de')).toContain(
      'Der Anrufer sprach einmal und schrieb 2-mal, der Agent sprach einmal.',
    );
  });

  it('say of a call that is typed only what was written, and that nothing was heard of it', () => {
    const typed = { via: 'text' } as const;
    const greeting = turn('a', 'agent', 'Hello.', 700, typed);
    const rest = [
      turn('b', 'user', 'Hi.', 3_000, typed),
      turn('c', 'agent', 'Well?', 3_100, typed),
    ];
    const told = (transcript: (typeof greeting)[], language: 'en' | 'de'): string => {
      const route = { ...base.route, text_only: true };
      return explainCall({ ...base, route, transcript }, NEWEST, language).sentences.join(' ');
    };
    const whole = told([greeting, ...rest], 'en');
    expect(whole).toContain('the agent was there 590 ms later and wrote after 700 ms.');
    expect(whole).toContain('The caller typed once, the agent wrote twice.');
    expect(told([greeting], 'en')).toContain('The caller typed nothing, the agent wrote once.');
    expect(told([greeting, ...rest], 'de')).toContain(
      'der Agent war 590 ms später da und schrieb nach 700 ms. Der Anrufer schrieb einmal, der Agent schrieb 2-mal.',
    );
  });

  it('are never more than eight, however much there is to tell', () => {
    const party = {
      agent_id: 'agent_2',
      agent_version_id: 'av_2',
      agent_version_number: 1,
      agent_name: 'Sales',
    };
    const { sentences } = explainCall(
      {
        ...base,
        entry_point: 'test',
        functions: [
          {
            id: 'fn_1',
            name: 'find',
            at: at(9_000),
            at_ms: 8_180,
            arguments: null,
            answer: null,
            latency_ms: 3,
            ok: false,
            error: 'no',
            source: 'version',
          },
        ],
        transfers: [
          {
            id: 'tr_1',
            at: at(20_000),
            at_ms: 19_180,
            from: { ...party, agent_name: 'Desk' },
            to: party,
            reason: null,
            status: 'completed',
            error: null,
          },
        ],
        client: {
          timeline: [],
          reported_at: at(0),
          connection: {
            codec: 'opus',
            rtt_ms: { p50: 41, p90: 66, max: 90 },
            jitter_ms: null,
            packet_loss_percent: { p50: 0.25, p90: 1, max: 2 },
            candidate_type: null,
            protocol: 'udp',
            samples: 4,
          },
        },
      },
      NEWEST,
      'en',
    );
    expect(sentences).toHaveLength(7);
    expect(sentences.slice(4, 6)).toEqual([
      'The agent called 1 function, of which 1 failed. The call was handed over to “Sales”.',
      "By the word of the caller's device, the connection had opus over udp, a round trip of 41 ms, 0.3 % of the packets lost.",
    ]);
  });

  it('quote nothing once what was said is erased', () => {
    const secret = 'My card number is four two four two';
    const { headline, sentences, findings } = explainCall(
      {
        ...base,
        sensitive_delete: true,
        // More than an erased record has.
        transcript: [turn('t1', 'user', secret, 0), turn('t2', 'user', secret, 3_000)],
        functions: [
          {
            id: 'fn_1',
            name: secret,
            at: at(9_000),
            at_ms: 8_180,
            arguments: null,
            answer: null,
            latency_ms: 3,
            ok: false,
            error: secret,
            source: 'version',
          },
        ],
        timeline: base.timeline.map((row) => ({ ...row, detail: { error: secret } })),
        end_reason: 'system_failure',
      },
      NEWEST,
      'en',
    );
    const all = JSON.stringify([headline, sentences, findings]);
    expect(all).not.toContain('four two');
    expect(sentences).toContain('What was said has been erased.');
    expect(findings.map(({ code }) => code)).toContain('caller_repeats');
  });
});

describe('words of others', () => {
  it('lose what cannot be seen, and what is longer than a line', () => {
    expect(quote('a\u0000b\n\t c\u202Ed\u2066e\uD800f\u200B')).toBe('ab cdef');
    expect(quote('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
    expect([...quote('😀'.repeat(500))]).toHaveLength(80);
    expect(quote('x'.repeat(1_000_000))).toBe(`${'x'.repeat(79)}…`);
  });

  it('of any length and kind break nothing, and stand in short in every text', () => {
    const hostile = [
      'x '.repeat(500_000),
      `\u202E\u0000<script>alert(1)</script>{{${'{'.repeat(1_000)}`.repeat(800),
      `{{${'a'.repeat(1_000_000)}}}`,
      '\uD800'.repeat(1_000_000),
      'ﷺ'.repeat(300_000),
    ];
    const transcript = hostile.flatMap((text, index) => [
      turn(`u${index}`, 'user', text, index * 9_000, { confidence: 0.1 }),
      turn(`v${index}`, 'user', text, index * 9_000 + 3_000, { confidence: 0.1 }),
      turn(`a${index}`, 'agent', text, index * 9_000 + 6_000),
    ]);
    const [first = ''] = hostile;
    const began = performance.now();
    const told = explainCall(
      {
        ...base,
        transcript,
        agent_name: first,
        agent_version_title: first,
        route: { ...base.route, page_url: first, api_key_name: first, origin: first },
      },
      NEWEST,
      'en',
    );
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(told.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['caller_repeats', 'low_confidence', 'missing_variable']),
    );
    const texts = [told.headline, ...told.sentences, ...told.findings.map(({ text }) => text)];
    for (const text of texts) {
      expect(text.length).toBeLessThan(500);
      expect(text).not.toMatch(/\p{C}/u);
    }
  });
});

describe('the time that it takes', () => {
  // The best of some tries: a busy machine makes the others slow.
  it.each([80, 20_000])('is below 10 ms for a call of 1,000 turns of %i letters', (letters) => {
    const transcript = Array.from({ length: 1_000 }, (_, index) =>
      turn(
        `t${index}`,
        index % 2 ? 'user' : 'agent',
        `Sentence number ${index} about the opening hours of a shop. `
          .repeat(400)
          .slice(0, letters),
        index * 2_500,
        { confidence: 0.8, interrupted: index % 7 === 0 },
      ),
    );
    const fastest = (run: () => unknown): number => {
      const took = Array.from({ length: 20 }, () => {
        const began = performance.now();
        run();
        return performance.now() - began;
      });
      return Math.min(...took);
    };
    const ms = fastest(() => explainCall({ ...base, transcript }, NEWEST, 'en'));
    // On a slow machine: half of what it takes to write the same call.
    const writtenMs = fastest(() => JSON.stringify(transcript));
    expect(ms).toBeLessThan(Math.max(10, writtenMs / 2));
  });
});

describe('the language', () => {
  it.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['fr-CH, fr;q=0.9', 'en'],
    ['de-AT, en;q=0.5', 'de'],
    ['en;q=0.4, DE;q=0.6', 'de'],
    ['de;q=0, fr', 'en'],
    ['de ; q=nonsense, en-GB;q=0.1', 'en'],
    [`${'x,'.repeat(100_000)}de`, 'en'],
  ])('that %j likes best is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
