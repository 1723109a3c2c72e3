/** Whatever a variable holds, a function's request goes where its author sent it. */
import { describe, expect, it } from 'vitest';
import { addressFault, renderAddress } from '../../../server/domain/templates/function-address.js';

const EVIL = ['..', '.', '', '/', '\\', '../../x', 'a/../../b', '..\\x', '%2e%2e', '@evil.example'];
const MORE = ['.evil.example', ':1@evil.example/', '?a=b', '#x', ' ', '\t', '\r\n', '🙂', '\ud83d'];

describe('a variable in what names the host', () => {
  it.each([
    'https://{{id}}/x',
    'https://api.example.com{{id}}/x',
    'https://api.example.com:80{{id}}/x',
    'https://{{id}}@api.example.com/x',
    'https://user:{{id}}@api.example.com/x',
    'https://{{ id | default: "a/b?c" }}.example.com/x',
    'https:///{{id}}/x',
    'https://\t/{{id}}/x',
    'https://\\{{id}}/x',
    'https:{{id}}/x',
    'https://{{id}}',
    '{{id}}://api.example.com/x',
    'http{{id}}://api.example.com/x',
  ])('is refused, and has no effect where it is published already: %j', (url) => {
    expect(addressFault('functions[0].config.url', url)).toContain('the scheme or the host');
    expect(renderAddress(url, { id: 'evil.example' })).toBe(url);
  });
});

describe('a variable behind the host', () => {
  it.each([
    'https://api.example.com/v1/users/{{id}}/orders',
    'https://api.example.com/v1/users/{{id}}',
    'https://api.example.com/v1/users/.{{id}}/orders',
    'https://api.example.com/v1/users/%2e{{id}}/orders',
    'https://api.example.com/v1/users/{{id}}{{id}}/orders',
    'https://api.example.com/v1/users/{{id | truncate: 2}}/orders',
    'https://api.example.com/v1/users/{{none | default: "a/b?c#d"}}/{{id}}',
    'https://api.example.com\\v1\\users\\{{id}}\\orders',
    'https://api.example.com/v1/users/x?id={{id}}&more=1',
    'https://api.example.com/v1/users/x?id={{id}}#{{id}}',
    'https://api.example.com?id={{id}}',
  ])('changes nothing but its own segment or parameter: %j', (template) => {
    expect(addressFault('url', template)).toBeNull();
    const shapeOf = (value: string): object => {
      const url = new URL(renderAddress(template, { id: value }));
      const { origin, username, password, pathname, searchParams } = url;
      const segments = pathname.split('/').map((part, at) => (at < 3 ? part : part !== ''));
      return { origin, username, password, segments, names: [...searchParams.keys()] };
    };
    for (const value of [...EVIL, ...MORE]) {
      expect(shapeOf(value), JSON.stringify(value)).toEqual(shapeOf('77'));
      const decoded = decodeURIComponent(new URL(renderAddress(template, { id: value })).pathname);
      expect(decoded.split(/[/\\]/), JSON.stringify(value)).not.toContain('..');
    }
  });

  it('arrives as it was given where it fits', () => {
    const at = (template: string, id: string | number): string => renderAddress(template, { id });
    expect(at('https://a.example/u/{{id}}/o', 'AC/DC 🙂')).toBe(
      'https://a.example/u/AC%2FDC%20%F0%9F%99%82/o',
    );
    expect(at('https://a.example/u/v{{id}}.json', 1.5)).toBe('https://a.example/u/v1.5.json');
    expect(at('https://a.example/u/x{{id}}?q={{id}}', '')).toBe('https://a.example/u/x?q=');
    expect(at('https://a.example/../u/?q={{none}}', 'x')).toBe(
      'https://a.example/../u/?q={{none}}',
    );
  });
});
