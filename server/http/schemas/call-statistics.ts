/** The answer of `GET /v1/calls/statistics`. */
import { z } from '@hono/zod-openapi';
import { instant } from './common.js';
import { component } from './component.js';

const counts = z.record(z.string(), z.int());

/** Figures of some calls together. */
const callFigures = component(
  'CallFigures',
  'Figures of some calls together.',
  z.object({
    calls: z.int().describe('How many calls.'),
    minutes: z.number().describe('How long they lasted together, in minutes.'),
    cost: z.number().nullable().describe('What they cost together; null when no cost is known.'),
    statuses: counts.describe('Calls by status.'),
    end_reasons: counts.describe('Calls that have ended, by end reason.'),
    latency_ms: z
      .object({
        p50: z.number().describe('Half of the calls were faster.'),
        p90: z.number().describe('Nine of ten calls were faster.'),
        p99: z.number().describe('99 of 100 calls were faster.'),
      })
      .nullable()
      .describe(
        "Milliseconds that agents took to answer: percentiles of the calls' medians, to within 1 %. Null when none is known.",
      ),
    findings: counts.describe('Calls that have a finding, by its code.'),
  }),
);

const of = <T extends z.ZodRawShape>(shape: T) => z.array(callFigures.extend(shape));

/** All of it. */
export const callStatistics = component(
  'CallStatistics',
  'Figures of the calls that match, of all and by time, agent, version and origin.',
  z.object({
    start_date: instant.describe('Calls created then or later are counted. ISO 8601.'),
    end_date: instant.describe('Calls created then or before are counted. ISO 8601.'),
    interval: z.enum(['hour', 'day']).describe('The steps of `by_time`.'),
    time_zone: z.string().describe('Where days and hours begin.'),
    total: callFigures.describe('All calls that match.'),
    by_time: of({
      start: instant.describe('When the hour or day begins. ISO 8601.'),
    }).describe('By hour or day, in order; those without calls are left out.'),
    by_agent: of({
      agent_id: z.string().describe('The agent, `agent_…`.'),
      agent_name: z.string().describe('Its title now.'),
    }).describe('By agent, most calls first; at most 200.'),
    by_version: of({
      agent_version_id: z.string().describe('The version, `av_…`.'),
      agent_id: z.string().describe('Its agent, `agent_…`.'),
      agent_version_number: z.int().describe('Its number within the agent.'),
      agent_version_title: z.string().nullable().describe('What it is called.'),
    }).describe('By version, most calls first; at most 200.'),
    by_origin: of({
      origin: z
        .string()
        .nullable()
        .describe('Where the page was; null for calls that a backend started.'),
    }).describe('By origin, most calls first; at most 200.'),
  }),
);
