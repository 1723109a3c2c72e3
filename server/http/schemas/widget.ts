/** Query and answer of `GET /v1/widget`. */
import { z } from '@hono/zod-openapi';
import { writtenCounted } from './common.js';
import { component } from './component.js';
import { widgetSettings } from './widget-settings.js';

const id = z.string().min(1).max(100);

/** Query of `GET /v1/widget`: the version, as a request for a call names it. */
export const widgetQuery = z
  .strictObject({
    agent_version_id: id.optional().describe('A published version, `av_…`.'),
    agent_id: id
      .optional()
      .describe('An agent, `agent_…`: its latest published version, unless a number is given.'),
    agent_version_number: writtenCounted(
      'With `agent_id`: which of its published versions. Default: the latest.',
    ).optional(),
  })
  .refine((query) => query.agent_version_id !== undefined || query.agent_id !== undefined, {
    path: ['agent_id'],
    message: 'give agent_version_id, or agent_id',
  });

/** Answer of `GET /v1/widget`. */
export const publishedWidget = component(
  'PublishedWidget',
  'What the element takes from the version that a call from the same page would run.',
  z.object({
    agent_id: z.string().describe('The agent, `agent_…`.'),
    agent_version_id: z.string().describe('The version, `av_…`.'),
    agent_version_number: z.int().describe('Its number within the agent.'),
    widget: widgetSettings.describe('What the version says; empty when it says nothing.'),
  }),
);
