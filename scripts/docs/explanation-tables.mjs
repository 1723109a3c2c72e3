/** The table of docs/explanations.md. */
import { loadModule } from '../load-module.mjs';
import { cell, code, markdownTable } from './markdown-table.mjs';

const FOLDER = 'server/domain/explanation';

export async function explanationTables(root) {
  const { FINDING_RULES } = await loadModule(root, `${FOLDER}/finding-rules.ts`);
  const { english } = await loadModule(root, `${FOLDER}/texts/english.ts`);
  const rows = Object.entries(FINDING_RULES).map(([name, { severity, meaning }]) => [
    code(name),
    severity,
    cell(meaning),
    cell(english.findings[name].remedy),
  ]);
  return { findings: markdownTable(['code', 'severity', 'what it means', 'what to do'], rows) };
}
