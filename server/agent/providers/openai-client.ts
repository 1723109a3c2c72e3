/** OpenAI's client, for its plugin: their own one believes that every answer ends. Loaded only when it is used. */
import { OpenAI } from 'openai';
import { boundedFetch } from './bounded-fetch.js';

/** Never tries again by itself, and writes nothing to the console: what it cannot read may be anything. */
export function openaiClient(access: { apiKey: string; baseURL?: string }): OpenAI {
  return new OpenAI({ ...access, maxRetries: 0, logLevel: 'off', fetch: boundedFetch });
}
