/** What the terminal shows when everything is up. */
import type { ReadyMessage } from './child-message.js';

/** The lines, in order. Keys appear at the first start only. */
export function announcement(server: ReadyMessage, port: number, seconds: number): string[] {
  const address = `http://127.0.0.1:${String(port)}`;
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
  lines.push(
    '',
    `Talk to the agent  ${server.page ?? `${address}/`}`,
    `Call history       ${server.console ?? `${address}/console`}`,
    '',
    `Ready after ${seconds.toFixed(1)} s. Ctrl-C ends everything.`,
  );
  return lines;
}
