/** The worker's process: registers with LiveKit under the agent's name and forks a process a call. */
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { AgentServer, InferenceRunner, ServerOptions, initializeLogger } from '@livekit/agents';
import { readAgentConfig } from './config/agent-config.js';
import type { AgentConfig } from './config/agent-config.js';
import { dropDeadProcesses } from './worker/drop-dead-processes.js';
import { handOnQuestions, keepSharedProcess } from './worker/keep-shared-process.js';
import type { KeptProcess } from './worker/keep-shared-process.js';
import { SpareProcesses } from './worker/spare-processes.js';
import { takeJob } from './worker/take-job.js';
import { tellForJobs } from './worker/tell-for-jobs.js';
import { watchJobProcesses } from './worker/watch-job-processes.js';
import { workerLoad } from './worker/worker-load.js';

const HARD_STOP_MS = 2_000;
/** How often a worker that is being stopped looks whether a call is left. */
const IDLE_CHECK_MS = 50;
/** A call whose own process has not told its end by then is told of from here. */
const TELL_FOR_JOBS_MS = 900;
const LAST_REPORT_MS = 130_000;
/** Under this name the framework would load a turn detector, in a shared process of its own; no session here asks for it. */
const UNUSED_DETECTOR = 'lk_eot_audio';

function main(): void {
  // Otherwise the media library of each call writes a line for whatever a caller sends that nobody listens to.
  process.env['NODE_ENV'] ??= 'production';
  const result = readAgentConfig(process.env);
  if (!result.ok) {
    endWithFaults(result.faults);
    return;
  }
  const { config } = result;
  initializeLogger({ pretty: false, level: config.logLevel });
  // Taken, but not listed: the framework, which does not replace its shared process when that dies, starts none.
  Object.defineProperty(InferenceRunner.registeredRunners, UNUSED_DETECTOR, { value: 'none' });
  const shared = keepSharedProcess(new URL('./shared-main.js', import.meta.url), tellFault);
  handOnQuestions(shared);
  const server = new AgentServer(serverOptions(config));
  watchJobProcesses(config.memoryLimitMb, (jobId, reason) => {
    const died = server.activeJobs.filter(({ job }) => job.id === jobId);
    void tellForJobs(config.serverUrl, died, reason);
  });
  server.event.on('worker_registered', () => {
    if (process.send && process.connected) process.send({ type: 'ready' });
    process.stdout.write('agent: ready\n');
  });
  stopOnSignals(server, shared, config);
  const dropping = dropDeadProcesses().catch((error: unknown) => {
    tellFault(`a process that dies while it waits will take a call along: ${String(error)}`);
  });
  const running = Promise.all([shared.started, dropping]).then(() => server.run());
  running.catch((error: unknown) => {
    tellFault(error instanceof Error ? error.message : String(error));
    process.exit(70);
  });
}

function tellFault(sentence: string): void {
  process.stderr.write(`agent: ${sentence}\n`);
}

function serverOptions(config: AgentConfig): ServerOptions {
  const spare = new SpareProcesses(config.spareProcesses);
  return new ServerOptions({
    agent: fileURLToPath(new URL('./job-main.js', import.meta.url)),
    agentName: config.agentName,
    requestFunc: (request) => takeJob(request, config, () => spare.jobTaken()),
    wsURL: config.livekit.url,
    apiKey: config.livekit.apiKey,
    apiSecret: config.livekit.apiSecret,
    host: '127.0.0.1',
    // Any free port: nobody asks this process for its health over HTTP.
    port: 0,
    logLevel: config.logLevel,
    // Asked anew at each comparison.
    numIdleProcesses: spare as unknown as number,
    loadFunc: workerLoad,
    loadThreshold: Infinity,
    maxRetry: Infinity,
    initializeProcessTimeout: 60_000,
    // Of a job whose room is gone: it may still be telling a server that is away how the call ended.
    shutdownProcessTimeout: LAST_REPORT_MS,
    jobMemoryWarnMB: 0.75 * config.memoryLimitMb,
    jobMemoryLimitMB: config.memoryLimitMb,
  });
}

function stopOnSignals(server: AgentServer, shared: KeptProcess, { serverUrl }: AgentConfig): void {
  const leadsGroup = process.send !== undefined;
  let stopping = false;
  const end = (): void => {
    shared.close();
    // The jobs' processes are of this process's group, and none may outlive it.
    if (leadsGroup) process.kill(-process.pid, 'SIGKILL');
    process.exit(0);
  };
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(end, HARD_STOP_MS).unref();
    // The calls hear of it now: the framework closes one thing after the other, and them late.
    if (leadsGroup) process.kill(-process.pid, 'SIGTERM');
    void server
      .close()
      .catch(() => undefined)
      .then(end);
    setTimeout(() => void tellForJobs(serverUrl, server.activeJobs), TELL_FOR_JOBS_MS);
    // That also waits for processes without a call, of which one may be loading for seconds.
    setInterval(() => {
      if (server.activeJobs.length === 0) end();
    }, IDLE_CHECK_MS);
  };
  // Heard again and again: this process is one of its own group.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (!leadsGroup) return;
  process.once('disconnect', stop);
  // The start command may have died while this process was loading.
  if (!process.connected) end();
}

function endWithFaults(faults: readonly string[]): void {
  const message = faults.join('\n');
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (!process.send || !process.connected) return;
  process.send({ type: 'fault', message }, () => process.disconnect());
}

main();
