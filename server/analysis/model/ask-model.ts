/** One question to a language model behind OpenAI's interface, with bounds on time and size. */
import { z } from 'zod';
import type { AnalysisModel } from '../create-analyst.js';
import { AnalysisError } from './analysis-error.js';

/** Bytes of an answer: an analysis has a few thousand. */
const MOST_BYTES = 262_144;

/** What is asked. */
export interface ModelQuestion {
  system: string;
  user: string;
  /** JSON Schema of the answer; `null`: the server takes none. */
  schema: object | null;
}

/** What came back: text, and what it used. */
export interface ModelAnswer {
  content: string;
  usage: { input_tokens: number; output_tokens: number } | null;
}

const tokens = z.int().min(0).max(1_000_000_000);
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});

/** Throws `AnalysisError`. */
export async function askModel(
  { baseUrl, apiKey, model }: AnalysisModel,
  { system, user, schema }: ModelQuestion,
  timeoutMs: number,
): Promise<ModelAnswer> {
  const format = {
    type: 'json_schema',
    json_schema: { name: 'call_analysis', strict: true, schema },
  };
  const body = {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    ...(schema ? { response_format: format } : {}),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      },
      body: JSON.stringify(body),
      // Another address would get the key and the call.
      redirect: 'manual',
      signal,
    });
    if (!response.ok) {
      void response.body?.cancel().catch(() => undefined);
      throw AnalysisError.refused(response.status);
    }
    return read(await boundedText(response));
  } catch (error) {
    if (error instanceof AnalysisError) throw error;
    throw signal.aborted ? AnalysisError.slow(timeoutMs) : AnalysisError.unreachable(error);
  }
}

function read(text: string): ModelAnswer {
  const parsed = completion.safeParse(jsonOf(text));
  if (!parsed.success) throw AnalysisError.garbage();
  const { choices, usage } = parsed.data;
  return {
    content: choices[0]?.message.content ?? '',
    usage: usage
      ? { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens }
      : null,
  };
}

/** `undefined` for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw AnalysisError.endless();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
