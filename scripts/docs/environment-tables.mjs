/** The tables of README about variables. */
import { loadModule } from '../load-module.mjs';
import { code, markdownTable } from './markdown-table.mjs';

export async function environmentTables(root) {
  const { ENVIRONMENT, LIVEKIT_ENVIRONMENT } = await loadModule(
    root,
    'server/environment/environment.ts',
  );
  const table = (rows) =>
    markdownTable(
      ['variable', 'default', 'what it is'],
      rows.map(({ names, fallback, text }) => [names.map(code).join(', '), fallback, text]),
    );
  return { environment: table(ENVIRONMENT), 'livekit-environment': table(LIVEKIT_ENVIRONMENT) };
}
