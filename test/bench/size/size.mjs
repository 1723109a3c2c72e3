/**
 * `npm run bench:size`: what a page loads for our element and our SDK, and for the packages of others, which npm installs
 * into a temporary folder each. `-- --only livekit-client`: this one alone.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildBundles } from '../../../scripts/build.mjs';
import { sizeOf, sizeOfBundle, sizeOfFile } from './measure.mjs';
import { PEERS } from './peers.mjs';

const run = promisify(execFile);
const bundles = fileURLToPath(new URL('../../../dist/bundle/', import.meta.url));
const { values } = parseArgs({ options: { only: { type: 'string' } } });

await buildBundles();
console.log(
  '| package | what | at first: minified | gzip | brotli | for a call, all: gzip | brotli |',
);
console.log(`|${'---|'.repeat(7)}`);
const code = (name) => readFileSync(join(bundles, name));
const named = (kind, text) => {
  const name = readdirSync(bundles).find((one) => one.startsWith(`${kind}-`) && text.includes(one));
  return code(name);
};
const card = named('card', code('widget.js').toString());
const media = named('media', code('sdk.js').toString());
print('ours, `widget.js`', 'element', {
  first: sizeOf([code('widget.js')]),
  later: sizeOf([card, media]),
});
print('ours, `sdk.js`', 'SDK', { first: sizeOf([code('sdk.js')]), later: sizeOf([media]) });

for (const peer of PEERS) {
  const [name] = peer.install;
  if (values.only && values.only !== name) continue;
  const folder = mkdtempSync(join(tmpdir(), 'web-call-size-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags, ...peer.install], { cwd: folder, timeout: 180_000 });
    const file = join(folder, 'node_modules', name, 'package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8'));
    const size = peer.file
      ? sizeOfFile(folder, name, peer.file)
      : await sizeOfBundle(folder, peer.code);
    print(`\`${name}\` ${version}`, peer.kind, size);
  } catch (error) {
    const [reason = ''] = String(error.stderr || error.message).split('\n');
    console.log(
      `| \`${name}\` | ${peer.kind} | not measured: ${reason.replaceAll('|', '/')} | | | | |`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(what, kind, { first, later }) {
  const figures = [
    first.plain,
    first.gzip,
    first.brotli,
    first.gzip + later.gzip,
    first.brotli + later.brotli,
  ];
  console.log(
    `| ${what} | ${kind} | ${figures.map((one) => one.toLocaleString('en')).join(' | ')} |`,
  );
}
