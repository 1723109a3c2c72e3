/** Variables in prompts and messages. */
import { describe, expect, it } from 'vitest';
import {
  renderTemplate,
  templateFaults,
} from '../../../server/domain/templates/render-template.js';

const values = {
  name: 'Ada',
  count: 3,
  empty: '',
  'a.b': 'deep',
  'a[0]': 'first',
  open: true,
  face: 'Ann 🙂 Lee',
  half: 'a\ud83db',
};

describe('renderTemplate', () => {
  it.each([
    ['Hello {{name}}', 'Hello Ada'],
    ['Hello {{ name }}', 'Hello Ada'],
    ['{{Name}}', '{{Name}}'],
    ['{{unknown}} stays', '{{unknown}} stays'],
    ['{{count}} {{open}}', '3 true'],
    ['{{a.b}} {{a[0]}}', 'deep first'],
    ['{{x | default: "there"}}', 'there'],
    ["{{empty | default: 'there'}}", 'there'],
    ['{{name | default: "there"}}', 'Ada'],
    ['{{x | default: "Hours: 9:00 to 17:00"}}', 'Hours: 9:00 to 17:00'],
    ['{{x | default: "a | b" | upcase}}', 'A | B'],
    ['{{name | upcase}} {{name | downcase}}', 'ADA ada'],
    ['{{name | truncate: 2}}', 'Ad'],
    ['{{face | truncate: 5}}', 'Ann 🙂'],
    ['{{face | truncate: 4}}{{face | truncate: 0}}', 'Ann '],
    ['{{face | truncate: no}}', ''],
    ['{{half | upcase}}', 'A\ufffdB'],
    ['{{x | default: "there" | upcase}}', 'THERE'],
    ['{{constructor}} {{toString}}', '{{constructor}} {{toString}}'],
    ['{{name}}{{name}}', 'AdaAda'],
    ['{{\n name | upcase \t}}', 'ADA'],
  ])('renders %s', (text, expected) => {
    expect(renderTemplate(text, values)).toBe(expected);
  });

  it('does not render what a value brings along', () => {
    expect(renderTemplate('{{x}}', { x: '{{name}} $& $1', name: 'Ada' })).toBe('{{name}} $& $1');
  });
});

describe('a text made to take long', () => {
  const long = 100_000;
  it.each([
    ['spaces after braces', '{{' + ' '.repeat(long)],
    ['braces', '{'.repeat(long)],
    ['open placeholders', '{{ '.repeat(long / 3)],
    ['a placeholder of spaces', `{{${' '.repeat(long)}}}`],
    ['pipes', `{{x${'|'.repeat(long)}}}`],
    ['quotes', `{{x | default: ${`"'`.repeat(long / 2)}}}`],
  ])('takes no time: %s', (_, text) => {
    const began = performance.now();
    renderTemplate(text, values);
    templateFaults('prompt', text);
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('templateFaults', () => {
  it('finds what is never closed and what names nothing', () => {
    expect(templateFaults('prompt', 'Hi {{name}} {{a.b}} {{a[0] | upcase}}')).toEqual([]);
    expect(templateFaults('prompt', 'Hi {{name')).toHaveLength(1);
    expect(templateFaults('prompt', 'Hi {{}} {{two words}}')).toHaveLength(2);
  });
});
