/** The table of docs/models.md. */
import { loadModule } from '../load-module.mjs';
import { code, markdownTable } from './markdown-table.mjs';

export async function modelTables(root) {
  const { MODEL_SETS } = await loadModule(root, 'server/agent/offline/models/model-sets.ts');
  const rows = MODEL_SETS.flatMap(({ title, folder, parts }) =>
    parts.flatMap(({ files, sources }) =>
      sources.map(({ client, name, version, licence, bytes, sha256 }) => [
        title,
        files.map((file) => code(`${folder}/${file.name}`.replace('./', ''))).join(', '),
        `${code(`${name} ${version}`)} (${client}, ${(bytes / 1e6).toFixed(1)} MB)`,
        licence,
        code(sha256),
      ]),
    ),
  );
  return {
    models: markdownTable(['what', 'files', 'package', 'licence', 'SHA-256 of the package'], rows),
  };
}
