/** Tells the server what a call has used: now and then, so that little is lost with this process, and at its end. */
import { voice } from '@livekit/agents';
import type { ReportQueue } from './report-queue.js';
import type { UsageMeter } from './usage-meter.js';

const EVERY_MS = 30_000;

/** Answers what tells it at the end; nothing is told that was told already. */
export function reportUsage(
  session: voice.AgentSession,
  queue: Pick<ReportQueue, 'push'>,
  meter: Pick<UsageMeter, 'providers'>,
  clockOffsetMs: number,
): () => void {
  let toldAt = Date.now();
  let last = '[]';
  const tell = (): void => {
    const providers = meter.providers();
    const now = JSON.stringify(providers);
    toldAt = Date.now();
    if (now === last) return;
    last = now;
    queue.push({ type: 'usage', at: new Date(toldAt + clockOffsetMs).toISOString(), providers });
  };
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, () => {
    if (Date.now() - toldAt >= EVERY_MS) tell();
  });
  return tell;
}
