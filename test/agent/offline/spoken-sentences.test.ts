/** Sentences as the voice gets them, out of text that arrives in pieces. */
import { describe, expect, it } from 'vitest';
import { SpokenSentences } from '../../../server/agent/offline/speech/spoken-sentences.js';

const CASES: readonly (readonly [text: string, ...sentences: string[]])[] = [
  ['We open at nine. Please come.', 'We open at nine.', 'Please come.'],
  ['Hello! Can I help? I can.', 'Hello! Can I help?', 'I can.'],
  ['Hi. I am Anna. And you?', 'Hi. I am Anna.', 'And you?'],
  ['It takes approx. 5 minutes.', 'It takes approx. 5 minutes.'],
  ['It takes approx. five minutes.', 'It takes approx. five minutes.'],
  ['Bring fruit, e.g. Apples. Then wait.', 'Bring fruit, e.g. Apples.', 'Then wait.'],
  ['Locks, lights, etc. are here.', 'Locks, lights, etc. are here.'],
  ['We have locks, etc. We have bells.', 'We have locks, etc.', 'We have bells.'],
  ['Please ask for Dr. Smith at the desk.', 'Please ask for Dr. Smith at the desk.'],
  ['Go to room No. 5 and wait.', 'Go to room No. 5 and wait.'],
  ['We are on Park Ave. near the bank.', 'We are on Park Ave. near the bank.'],
  ['We like plan B. We choose it.', 'We like plan B.', 'We choose it.'],
  ['Please press A.', 'Please press A.'],
  ['I met Mr. J. R. Smith. He is in.', 'I met Mr. J. R. Smith.', 'He is in.'],
  ['We open at 9 a.m. on Monday.', 'We open at 9 a.m. on Monday.'],
  ['We open at 9 a.m. Monday to Friday.', 'We open at 9 a.m. Monday to Friday.'],
  ['It costs $3.50 today. Or 2.000.', 'It costs $3.50 today.', 'Or 2.000.'],
  ['Since Jan. 5 we are open. Come in.', 'Since Jan. 5 we are open.', 'Come in.'],
  ['Apple Inc. Announced it.', 'Apple Inc. Announced it.'],
  [
    'Two steps:\n1. Open the door.\n2. Close it.',
    'Two steps:',
    '1. Open the door.',
    '2. Close it.',
  ],
  ['We have these:\n- Locks and keys\n- Bells', 'We have these:', '- Locks and keys', '- Bells'],
  ['a line that\nwas wrapped. Yes.', 'a line that\nwas wrapped.', 'Yes.'],
  ['He said "Stop!" and left. "Go." Now.', 'He said "Stop!" and left.', '"Go." Now.'],
  ['Wait... What is it?', 'Wait...', 'What is it?'],
  ['Write to info@dialnexa.com. Thanks.', 'Write to info@dialnexa.com.', 'Thanks.'],
  ['', ...[]],
];

async function streamed(text: string, size: number): Promise<string[]> {
  const stream = new SpokenSentences().stream();
  for (let at = 0; at < text.length; at += size) stream.pushText(text.slice(at, at + size));
  stream.endInput();
  const sentences: string[] = [];
  for await (const { token } of stream) sentences.push(token);
  return sentences;
}

describe('the sentences that a voice speaks one by one', () => {
  it.each(CASES)('%j', async (text, ...sentences) => {
    expect(new SpokenSentences().tokenize(text)).toEqual(sentences);
    for (const size of [1, 3, 7, 1000]) expect(await streamed(text, size)).toEqual(sentences);
  });

  it('never are longer than one can say in a breath', async () => {
    const endless = 'and then we went on, '.repeat(500);
    const sentences = await streamed(endless, 50);
    expect(sentences.join(' ')).toBe(endless.trim());
    expect(Math.max(...sentences.map((sentence) => sentence.length))).toBeLessThanOrEqual(400);
    expect(await streamed('a'.repeat(5000), 1000)).toHaveLength(13);
  });

  it.each([
    ['A line ends.\n', ' Another'],
    ['A line ends.', '  \n \n\t\n  And'],
    ['One more \n', '\n\n\n\ntwo. Three.'],
  ])('are the same whether white space comes at once or not: %j', async (...texts) => {
    const text = texts.join('');
    const sentences = new SpokenSentences().tokenize(text);
    for (const size of [1, 2, 1000]) expect(await streamed(text, size)).toEqual(sentences);
  });

  const atOnce = (text: string): void => void new SpokenSentences().tokenize(text);
  const inPieces =
    (size: number) =>
    (text: string): void => {
      const stream = new SpokenSentences().stream();
      for (let at = 0; at < text.length; at += size) stream.pushText(text.slice(at, at + size));
      stream.endInput();
    };

  it.each<[string, string, (text: string) => void, number]>([
    ['dots', '.', atOnce, 5000],
    ['marks', '!?', atOnce, 2500],
    ['line ends', '\n', atOnce, 5000],
    ['indented line ends', '\n ', atOnce, 2500],
    ['sentences in one piece', 'We open at nine. ', inPieces(1e9), 300],
    ['line ends, one a piece', '\n', inPieces(1), 400],
    ['spaces, one a piece', ' ', inPieces(1), 2000],
  ])('take time that grows with the text: %s', (_name, unit, cut, times) => {
    const text = (count: number): string => `Hello there. ${unit.repeat(count)}`;
    const took = (count: number): number => {
      const before = process.cpuUsage();
      cut(text(count));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const rounds = Array.from({ length: 8 }, () => [took(times), took(4 * times)] as const);
    const short = Math.min(...rounds.map(([one]) => one));
    const long = Math.min(...rounds.map(([, four]) => four));
    // Four times as long were it linear, sixteen were it quadratic.
    expect(long / short).toBeLessThan(9);
  });
});
