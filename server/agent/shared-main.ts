/** The process that all calls of a worker share: recogniser, sentence embedder and neural voice. The worker keeps one running. */
import process from 'node:process';
import { readAgentConfig } from './config/agent-config.js';
import { serveEmbedder } from './offline/embedding/serve-embedder.js';
import { EMBEDDER } from './offline/embedding/shared-embedder.js';
import { isSharedQuestion } from './offline/open-questions.js';
import type { SharedReady, SharedReply } from './offline/open-questions.js';
import type { SharedService } from './offline/shared-process.js';
import { serveHibari } from './offline/speech/hibari/serve-hibari.js';
import { VOICE } from './offline/speech/hibari/shared-hibari.js';
import { serveMoonshine } from './offline/speech/serve-moonshine.js';
import { RECOGNISER } from './offline/speech/shared-moonshine.js';

function main(): void {
  // The worker is gone, and its calls with it.
  process.once('disconnect', () => process.exit(0));
  // Meant for the worker, which is of the same group.
  process.on('SIGTERM', () => undefined);
  process.on('SIGINT', () => undefined);
  const result = readAgentConfig(process.env);
  // The worker that forks this process has checked the same environment before.
  if (!result.ok) return;
  const { voiceModelsDir } = result.config;
  const services = new Map<string, SharedService<never, object>>([
    [RECOGNISER, serveMoonshine(voiceModelsDir)],
    [EMBEDDER, serveEmbedder(voiceModelsDir)],
    [VOICE, serveHibari(voiceModelsDir)],
  ]);
  process.on('message', (message) => {
    if (!isSharedQuestion(message)) return;
    const { id, method, data } = message;
    const answering = services.get(method)?.answer(data as never) ?? Promise.resolve(null);
    void answering.then((answer) => tell({ type: 'shared_reply', id, answer }));
  });
  tell({ type: 'shared_ready' });
}

function tell(message: SharedReady | SharedReply): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

main();
