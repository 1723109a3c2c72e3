/** Holds that what a version may say of the element is what the element knows, under the element's own names. */
import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { widgetSettings } from '../../server/http/schemas/widget-settings.js';
import { checkFields } from '../../widget/call-field.js';
import { GIVEN } from '../../widget/given-values.js';
import { cardTokens } from '../../widget/styles/card-tokens.styles.js';
import { tokens } from '../../widget/styles/tokens.styles.js';
import { english } from '../../widget/texts/en.js';

const { style, texts, by_language: _, ...own } = widgetSettings.shape;
const camel = (name: string) =>
  name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('the widget of a version', () => {
  it('names properties of the element', () => {
    const properties = Object.keys(GIVEN);
    expect(
      Object.keys(own)
        .map(camel)
        .filter((name) => !properties.includes(name)),
    ).toEqual([]);
  });

  it('gives them values that they take', () => {
    const chosen = Object.entries(own).flatMap(([name, { _zod }]) => {
      const inner = _zod.def.innerType;
      return inner instanceof z.ZodEnum ? inner.options.map((value) => [name, value]) : [];
    });
    expect(chosen.length).toBeGreaterThan(15);
    for (const [name = '', value] of chosen) expect(GIVEN[camel(name)]?.(value)).toBe(value);
  });

  it('has every text of the element that stands alone after the button was pressed', () => {
    const before = ['language', 'call', 'loading', 'notLoaded'];
    // For who makes the page.
    const others = [...before, 'hintTitle'];
    const alone = Object.entries(english).filter(
      ([name, text]) => typeof text === 'string' && !others.includes(name),
    );
    const named = Object.keys(texts.unwrap().shape);
    expect(named.sort()).toEqual(alone.map(([name]) => snake(name)).sort());
  });

  it('has the colours and corners that the element takes from the page', () => {
    const defined = `${tokens.cssText}${cardTokens.cssText}`;
    const found = [...defined.matchAll(/--_([\w-]+): var\(--dialnexa-([\w-]+), /g)];
    for (const [, inner, outer] of found) expect(inner).toBe(outer);
    const names = found.map(([, name = '']) => name).filter((name) => name !== 'shadow');
    const said = Object.keys(style.unwrap().shape).map((name) => name.replaceAll('_', '-'));
    expect(said.sort()).toEqual([...new Set(names)].sort());
  });

  it('asks with fields that the element asks', () => {
    const { options: types } = own.fields.unwrap().element.shape.type.unwrap();
    const fields = types.map((type, at) => ({
      name: `${at}`.repeat(64),
      label: 'x'.repeat(200),
      type,
      required: true,
      ...(type === 'select' ? { options: Array.from({ length: 100 }, () => 'x'.repeat(200)) } : {}),
    }));
    const ten = [...fields, ...fields].map((field, at) => ({ ...field, name: `n${at}` }));
    expect(own.fields.safeParse(ten).success).toBe(true);
    expect(checkFields(ten)).toEqual(ten);
    expect(own.fields.safeParse([...ten, ...ten]).success).toBe(false);
  });
});
