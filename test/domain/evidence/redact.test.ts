/** Secrets in what functions were called with and answered. */
import { describe, expect, it } from 'vitest';
import { keepJson } from '../../../server/domain/evidence/keep-json.js';
import { REDACTED, redact } from '../../../server/domain/evidence/redact.js';

describe('redact', () => {
  it.each([
    'password',
    'userPassword',
    'X-Api-Key',
    'access_token',
    'Authorization',
    'client-secret',
    'Set-Cookie',
    'card',
    'card_number',
    'CVV',
    'pin',
  ])('takes the value of "%s", however deep', (name) => {
    const value = { order: [{ [name]: { any: 'thing' }, item: 'wheel' }] };
    expect(redact(value)).toEqual({ order: [{ [name]: REDACTED, item: 'wheel' }] });
  });

  it.each([
    'max_tokens',
    'total_tokens',
    'cardinality',
    'spinning',
    'author',
    'company',
    'discard',
  ])('leaves "%s"', (name) => {
    expect(redact({ [name]: 7 })).toEqual({ [name]: 7 });
  });

  it('takes what the operator names, in any spelling', () => {
    const names = ['Patient-Id'];
    expect(redact({ patientId: 4, patient_id: 5, id: 6 }, names)).toEqual({
      patientId: REDACTED,
      patient_id: REDACTED,
      id: 6,
    });
  });

  it.each([
    ['JSON in a text', '{"user":"ann","password":"hunter2"}', /hunter2/],
    ['JSON that was cut', '{"user":"ann","token":"hunter2","mo', /hunter2/],
    ['an address', 'https://shop.example/?api_key=hunter2&page=2', /hunter2/],
    ['a header', 'Authorization: Bearer hunter2hunter2', /hunter2/],
    ['credentials', 'sent Bearer eyJhbGciOi.J9.x to them', /eyJ/],
    ['a card', 'paid with 4111 1111 1111 1111 today', /4111/],
  ])('takes secrets out of %s', (_what, text, secret) => {
    const kept = redact({ text }) as { text: string };
    expect(kept.text).toContain(REDACTED);
    expect(kept.text).not.toMatch(secret);
  });

  it('knows the operator’s names in texts too', () => {
    expect(redact('?patient-id=4&x=1', ['Patient-Id'])).toBe(`?patient-id=${REDACTED}&x=1`);
  });

  it('leaves long numbers that are no card, and words', () => {
    const text = 'Order 4111 1111 1111 1112, the secretary took it.';
    expect(redact(text)).toBe(text);
  });

  it('is quick and whole with hostile values', () => {
    const began = Date.now();
    expect(redact('a'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(redact(`${'token'.repeat(100_000)}!`)).toBeTypeOf('string');
    expect(redact('['.repeat(100_000) + ']'.repeat(100_000))).toContain('nested too deep');
    expect(Date.now() - began).toBeLessThan(1_000);
    expect(redact({ 'a\u0000': 'b\u0000c\ud800' })).toEqual({ 'a\uFFFD': 'b\uFFFDc\uFFFD' });
    expect(Object.keys(redact(JSON.parse('{"__proto__":{"a":1}}')) as object)).toEqual([
      '__proto__',
    ]);
  });
});

describe('keepJson', () => {
  it('stores a text that is JSON as what it says, and others as they are', () => {
    expect(keepJson(' {"a": [1], "pin": 1234}', [])).toEqual({ a: [1], pin: REDACTED });
    expect(keepJson('{ no JSON', [])).toBe('{ no JSON');
    expect(keepJson('', [])).toBe('');
    expect([keepJson(undefined, []), keepJson(null, []), keepJson(false, [])]).toEqual([
      null,
      null,
      false,
    ]);
  });

  it('bounds what is long, after the secrets have gone', () => {
    const kept = keepJson({ token: 'hunter2', text: 'ä'.repeat(4_000) }, []);
    expect(JSON.stringify(kept).length).toBeLessThan(1_200);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(kept).toMatchObject({ left_out: expect.stringMatching(/^80\d\d bytes/) as string });
    expect(keepJson({ text: 'x'.repeat(4_000) }, [])).toEqual({ text: 'x'.repeat(4_000) });
  });
});
