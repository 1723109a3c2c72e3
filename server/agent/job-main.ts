/** The process of one call, forked by the framework, which wants its entry as a default export. */
import process from 'node:process';
import { defineAgent } from '@livekit/agents';
import type { JobContext, JobProcess } from '@livekit/agents';
import { readAgentConfig } from './config/agent-config.js';
import { prewarm } from './job/prewarm.js';
import type { Prewarmed } from './job/prewarm.js';
import { runJob } from './job/run-job.js';
import type { JobBegun } from './worker/watch-job-processes.js';

const result = readAgentConfig(process.env);

// A voice that fails rejects a promise of the framework's that nobody awaits, and is told by an event: the call goes on.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`agent: ${reason instanceof Error ? reason.message : String(reason)}\n`);
});
// Nobody watches over a call whose worker is gone; its server gives the call up.
process.once('disconnect', () => process.exit(0));

// The worker that forks this process has checked the same environment before.
export default defineAgent({
  prewarm: async (proc: JobProcess) => {
    if (result.ok) (proc as JobProcess<Partial<Prewarmed>>).userData = await prewarm(result.config);
  },
  entry: async (ctx: JobContext) => {
    process.send?.({ type: 'job_begun', job_id: ctx.job.id } satisfies JobBegun);
    if (result.ok) await runJob(ctx, result.config, ctx.proc.userData as unknown as Prewarmed);
  },
});
