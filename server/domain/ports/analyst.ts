/** What the domain asks of whoever analyses calls: a language model, or rules. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import type { CallAnalysis, TranscriptTurn } from '../../../sdk/wire/call.js';
import type { EndReason } from '../../../sdk/wire/call-status.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';

/** A turn as the analysis reads it. Its words are a stranger's. */
export interface AnalysedTurn extends Pick<
  TranscriptTurn,
  'id' | 'role' | 'content' | 'intent' | 'interrupted' | 'via'
> {
  started_at: Date;
}

/** A call that has ended. */
export interface AnalysisRequest {
  turns: readonly AnalysedTurn[];
  /** What the version wants to know. */
  fields: readonly PostCallField[];
  /** BCP 47. */
  language: string;
  /** Intents and slots, where the version has them. */
  dialogue: Dialogue | null;
  /** IANA; days and times are meant in it. */
  timeZone: string;
  endReason: EndReason | null;
  durationMs: number | null;
}

/** What was found. Texts are bounded, and hold nothing that only shows in how others are written. */
export interface AnalysisFound extends Pick<
  CallAnalysis,
  'model' | 'success' | 'fields' | 'usage'
> {
  method: 'model' | 'rules';
  summary: string;
  sentiment: 'positive' | 'neutral' | 'negative' | 'unknown';
}

/** Rejects with an error whose message is one sentence for the record, and names nothing secret. */
export interface Analyst {
  analyse(request: AnalysisRequest): Promise<AnalysisFound>;
}
