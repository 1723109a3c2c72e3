/** What the terminal shows when everything is up. */
import { join } from 'node:path';
import type { FirstRun, ReadyMessage } from './child-message.js';
import type { StartSettings } from './start-settings.js';

type Shown = Pick<
  StartSettings,
  'port' | 'media' | 'agentWorker' | 'agentName' | 'embeddedPort' | 'dataDir'
>;

/** What is being started. */
export function startLine({ media, agentWorker }: Shown): string {
  const names = [
    'the server',
    ...(media === 'embedded' ? ['the media server'] : []),
    ...(agentWorker === 'own' ? ['the agent'] : []),
  ];
  const last = names.length > 1 ? ` and ${names.at(-1) ?? ''}` : '';
  return `Starting ${names.slice(0, Math.max(1, names.length - 1)).join(', ')}${last} …`;
}

/** The lines about what the first run made; nobody can be shown them again. */
export function keyLines(made: FirstRun): string[] {
  return [
    '',
    'Your keys, shown only now:',
    `  publishable  ${made.publishable_key}`,
    `  secret       ${made.secret_key}`,
    `  demo agent   ${made.agent_id}`,
    '',
  ];
}

/** The last lines of a start, in order. */
export function announcement(server: ReadyMessage, settings: Shown, seconds: number): string[] {
  const address = `http://127.0.0.1:${String(settings.port)}`;
  const lines: string[] = [];
  if (settings.agentWorker === 'none') lines.push('', ...ownAgentLines(settings));
  lines.push(
    '',
    `Talk to the agent  ${server.page ?? `${address}/`}`,
    `Call history       ${server.console ?? `${address}/console`}`,
    '',
    `Ready after ${seconds.toFixed(1)} s. Ctrl-C ends everything.`,
  );
  return lines;
}

/** Where a worker of the user's own registers; the secret stays in its file. */
function ownAgentLines({ media, agentName, embeddedPort, dataDir }: Shown): string[] {
  const line = `No agent is started: a LiveKit worker named "${agentName}" answers the calls.`;
  if (media === 'external') return [line];
  return [
    line,
    `  LIVEKIT_URL  ws://127.0.0.1:${String(embeddedPort)}`,
    `  key, secret  ${join(dataDir, 'livekit.json')}`,
  ];
}
