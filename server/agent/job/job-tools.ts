/** What a job works with, from its first moment on. */
import type { JobContext } from '@livekit/agents';
import type { Logger } from 'pino';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentConfig } from '../config/agent-config.js';
import type { JobTrace } from '../tracing/job-trace.js';
import type { Prewarmed } from './prewarm.js';

/** The same for every part of one job. */
export interface JobTools {
  ctx: JobContext;
  config: AgentConfig;
  warm: Prewarmed;
  /** The server's side of this job. */
  jobs: AgentJobs;
  log: Logger;
  trace: JobTrace;
}
