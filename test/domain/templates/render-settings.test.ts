/** Where a call's variables are put into a version's texts. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../server/domain/agents/default-settings.js';
import { renderSettings } from '../../../server/domain/templates/render-settings.js';
import { versionRow } from '../../support/rows.js';
import type { AgentFunction } from '../../../sdk/wire/agent.js';

const lookUp: AgentFunction = {
  type: 'custom',
  name: 'look_up',
  description: 'Looks up {{ticket}}.',
  config: {
    url: 'https://desk.example/{{shop}}/{{ticket}}?by={{name}}&none={{unknown}}',
    method: 'GET',
    headers: { 'x-customer': '{{name}}', 'x-evil': '{{evil}}' },
    parameters: { type: 'object', properties: { day: { description: 'A day for {{name}}' } } },
  },
};
const transfer: AgentFunction = {
  type: 'call_transfer',
  name: 'transfer',
  description: '',
  config: { destinations: ['{{desk}}'] },
};

describe('renderSettings', () => {
  const { settings } = versionRow('av_1');
  const rendered = renderSettings(
    {
      ...settings,
      functions: [lookUp, transfer],
      voicemail_message: 'Call us, {{name}}.',
      post_call_analysis: [
        { field_name: 'mood', field_type: 'STRING', field_description: 'Of {{name}}' },
      ],
    },
    {
      name: 'Ada & Bob',
      ticket: '7/8?x#y',
      shop: 'evil.test/',
      desk: '+15550100',
      evil: 'a\r\nauthorization: b\u2028',
    },
  );

  it('fills in what a function is and what it sends, each value as its place needs it', () => {
    expect(rendered.functions).toEqual([
      {
        ...lookUp,
        description: 'Looks up 7/8?x#y.',
        config: {
          ...lookUp.config,
          url: 'https://desk.example/evil.test%2F/7%2F8%3Fx%23y?by=Ada%20%26%20Bob&none={{unknown}}',
          headers: { 'x-customer': 'Ada & Bob', 'x-evil': 'a  authorization: b ' },
          parameters: {
            type: 'object',
            properties: { day: { description: 'A day for Ada & Bob' } },
          },
        },
      },
      { ...transfer, config: { destinations: ['+15550100'] } },
    ]);
  });

  it('fills in the other texts', () => {
    expect(rendered.voicemail_message).toBe('Call us, Ada & Bob.');
    expect(rendered.post_call_analysis[0]?.field_description).toBe('Of Ada & Bob');
  });

  it('puts no more than a million characters of values into all texts together', () => {
    const prompt = '{{long}} '.repeat(4_000);
    const many = renderSettings({ ...settings, prompt }, { long: 'x'.repeat(2_000) });
    expect(many.prompt.length).toBeLessThan(1_010_000);
    expect(many.prompt.length).toBeGreaterThan(990_000);
  });
});

it('leaves what a function finds to the agent, and lets no value stand in for it', () => {
  const config = {
    url: 'https://a.example/{{id}}/{{found}}',
    method: 'GET',
    parameters: {},
    headers: { 'x-found': '{{found | default: "none"}}' },
    response_variables: { found: 'order.id' },
  } as const;
  const rendered = renderSettings(
    {
      ...DEFAULT_SETTINGS,
      prompt: '{{caller}} has {{found | default: "nothing"}}.',
      functions: [{ type: 'custom', name: 'find', description: '', config }],
    },
    { id: '7', found: 'early', caller: '{{found}}' },
  );
  expect(rendered.prompt).toBe('{ {found}} has {{found | default: "nothing"}}.');
  expect(rendered.functions[0]).toMatchObject({
    config: { url: 'https://a.example/7/{{found}}', headers: config.headers },
  });
});
