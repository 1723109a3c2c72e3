/** What the terminal shows when everything is up. */
import { join } from 'node:path';
import type { ReadyMessage } from './child-message.js';
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

/** The lines, in order. Keys appear at the first start only. */
export function announcement(server: ReadyMessage, settings: Shown, seconds: number): string[] {
  const address = `http://127.0.0.1:${String(settings.port)}`;
  const lines: string[] = [];
  if (server.first_run) {
    lines.push(
      '',
      'Your keys, shown only now:',
      `  publishable  ${server.first_run.publishable_key}`,
      `  secret       ${server.first_run.secret_key}`,
      `  demo agent   ${server.first_run.agent_id}`,
    );
  }
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
