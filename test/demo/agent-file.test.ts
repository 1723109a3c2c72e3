/** What an agent's Markdown file may say, and which line is named when it says something else. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAgentFile } from '../../server/demo/agent-file.js';

const examples = new URL('../../examples/agents/', import.meta.url);
const FACTS = '# Salon\n\n## Facts\n\n';

describe('an agent file', () => {
  it('is name, prompt, facts and welcome, in any order', () => {
    const text = `\uFEFF\n# Salon \r\n\r\nBe brief.\r\n\r\n## welcome\r\n\r\nGood day,\r\nthis is the salon.\r\n
## Facts\n\n* A haircut costs\n  thirty euros.\n1. We have {{seats}} seats.\n\n## Manners\n\nNever shout.\n`;
    expect(parseAgentFile(text)).toEqual({
      title: 'Salon',
      settings: {
        prompt: 'Be brief.\n\n## Manners\n\nNever shout.',
        knowledge: ['A haircut costs thirty euros.', 'We have {{seats}} seats.'],
        welcome_message: 'Good day, this is the salon.',
      },
    });
  });

  it('knows its headings with a colon, and reads long ones in no time', () => {
    const { settings } = parseAgentFile('# Salon\n\nBe brief.\n\n## Facts:\n\n- We cut hair.');
    expect(settings.knowledge).toEqual(['We cut hair.']);
    const began = performance.now();
    expect(() => parseAgentFile(`# Salon\n\n## a${'#'.repeat(490_000)}x`)).toThrow();
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it.each(readdirSync(examples).filter((name) => name !== 'README.md'))('is %s', (name) => {
    const { settings } = parseAgentFile(readFileSync(new URL(name, examples), 'utf8'));
    expect(settings.prompt).not.toBe('');
  });

  it.each([
    [1, 'the file begins with the name: "# My agent".', ''],
    [3, 'the file begins with the name: "# My agent".', '\n\nSalon'],
    [1, 'the name: ', `# ${'a'.repeat(71)}\nBe kind.`],
    [1, 'the prompt: needed', '# Salon'],
    [3, 'no fact follows', `${FACTS}`],
    [7, 'a fact begins with "- ".', `${FACTS}- One.\n\nTwo.`],
    [6, 'a fact begins with "- ".', `${FACTS}- One.\n### Two`],
    [6, 'this fact: ', `${FACTS}- One.\n-\n- Three.`],
    [6, 'this fact: ', `${FACTS}- One.\n- ${'a'.repeat(501)}`],
    [6, 'this fact: ', `${FACTS}- One.\n- It is {{two.`],
    [3, 'the facts: ', `${FACTS}${'- One.\n'.repeat(201)}`],
    [6, '"## Facts" stands in line 3 already.', `${FACTS}- One.\n## Facts\n- Two.`],
    [3, 'the welcome: ', `# Salon\nBe kind.\n## Welcome\n${'a'.repeat(5_001)}`],
    [3, 'the prompt: ', '# Salon\n\nBe {{kind.'],
    [2, 'this is no text.', '# Salon\nBe\0kind.'],
  ])('is told of line %i: %s', (line, sentence, text) => {
    const parse = () => parseAgentFile(text);
    expect(parse).toThrow(`line ${line}: ${sentence}`);
  });
});
