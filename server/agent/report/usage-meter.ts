/** What a call uses of each provider, as the agent framework counts it. */
import type { metrics } from '@livekit/agents';
import type { ProviderUsage } from '../../../sdk/wire/call.js';

/** What the framework says when a class does not tell its model. */
const UNTOLD = ['', 'unknown'];

/** A recogniser, language model or voice of the framework. */
interface Measured {
  on(event: 'metrics_collected', told: (figures: metrics.AgentMetrics) => void): unknown;
}

type Figures = Required<Omit<ProviderUsage, 'kind' | 'provider' | 'model'>>;

/** Of one call. */
export class UsageMeter {
  readonly #used = new Map<string, ProviderUsage>();

  /** Counts what `source` does, under the version's name of its provider and the model that it says it is. */
  follow(
    kind: ProviderUsage['kind'],
    { provider, model }: { provider: string; model?: string },
    source: Measured,
  ): void {
    source.on('metrics_collected', (told) => {
      const figures = figuresOf(told);
      if (!figures) return;
      this.#add({ kind, provider, model: model ?? modelOf(told) }, figures);
    });
  }

  /** So far. */
  providers(): ProviderUsage[] {
    return [...this.#used.values()];
  }

  #add(of: Pick<ProviderUsage, 'kind' | 'provider' | 'model'>, figures: Partial<Figures>): void {
    const key = JSON.stringify(of);
    const used: ProviderUsage = this.#used.get(key) ?? of;
    const sums = Object.entries(figures).map(([name, value]) => [
      name,
      (used[name as keyof Figures] ?? 0) + value,
    ]);
    this.#used.set(key, { ...used, ...(Object.fromEntries(sums) as Partial<Figures>) });
  }
}

/** `null` for what is no use of a provider. Tokens of voices and recognisers only where they count any. */
function figuresOf(told: metrics.AgentMetrics): Partial<Figures> | null {
  switch (told.type) {
    case 'stt_metrics':
      return { speech_ms: whole(told.audioDurationMs), ...tokensOf(told) };
    case 'llm_metrics':
      return {
        input_tokens: whole(told.promptTokens),
        output_tokens: whole(told.completionTokens),
      };
    case 'tts_metrics':
      return {
        characters: whole(told.charactersCount),
        speech_ms: whole(told.audioDurationMs),
        ...tokensOf(told),
      };
    default:
      return null;
  }
}

function tokensOf(told: { inputTokens?: number; outputTokens?: number }): Partial<Figures> {
  const [input, output] = [whole(told.inputTokens), whole(told.outputTokens)];
  return input + output > 0 ? { input_tokens: input, output_tokens: output } : {};
}

function modelOf(told: metrics.AgentMetrics): string | null {
  const name = 'metadata' in told ? told.metadata?.modelName : undefined;
  return name === undefined || UNTOLD.includes(name) ? null : name;
}

/** A plugin may leave a figure out, or say -1 for what it does not know. */
function whole(figure: number | undefined): number {
  return Number.isFinite(figure) ? Math.max(0, Math.round(figure ?? 0)) : 0;
}
