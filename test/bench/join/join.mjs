/**
 * Measures joining in Chromium, from the intent to the first sound of the agent, against the plain sequence of a page that
 * uses LiveKit's client by itself: token, connect, microphone. Both take turns, on the servers of one `npm start`.
 * Run: `npm run bench:join [-- rounds]`, on an idle machine.
 */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../support/chromium.mjs';
import { startBenchProduct } from '../bench-product.mjs';

const rounds = Number(process.argv[2] ?? 30);
/** Between intent and click: a hand that comes to rest. */
const HESITATION_MS = 300;
/** Before each: the agent's process for it is being loaded while the one before is on the phone. */
const REST_MS = 7_000;
/** The demo agent says its welcome in less. */
const WELCOME_MS = 8_000;
const STAGES = ['intent', 'microphone', 'grant', 'media_code', 'connected', 'agent_joined'];

const here = (name) => readFile(fileURLToPath(new URL(name, import.meta.url)));
const pages = {
  '/ours': ['text/html', await here('ours.html')],
  '/plain': ['text/html', await here('plain.html')],
  '/heard.js': ['text/javascript', await here('heard.js')],
  '/livekit-client.js': [
    'text/javascript',
    await here('../../../node_modules/livekit-client/dist/livekit-client.esm.mjs'),
  ],
};
const site = createServer((request, response) => {
  const [type, body] = pages[new URL(request.url, 'http://page').pathname] ?? ['text/plain', ''];
  response.setHeader('content-type', type);
  response.end(body);
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${site.address().port}`;

const product = await startBenchProduct();
// Built by now.
const { wavHeader } = await import('../../../dist/server/domain/recordings/wav-header.js');
const key = await product.rest('POST', '/v1/api-keys', {
  kind: 'publishable',
  name: 'bench:join',
  allowed_origins: [origin],
});
// Chromium's own fake microphone beeps, which an agent takes for a caller who speaks first; one that sends nothing but zeros is
// taken for one that is not there yet. A quiet room has noise.
const folder = mkdtempSync(join(tmpdir(), 'bench-join-'));
const quiet = join(folder, 'quiet.wav');
const noise = Int16Array.from({ length: 120 * 16_000 }, () =>
  Math.round(24 * (Math.random() - 0.5)),
);
writeFileSync(
  quiet,
  Buffer.concat([wavHeader(16_000, 1, noise.byteLength), Buffer.from(noise.buffer)]),
);
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [
    ...chromiumFlags,
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${quiet}`,
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
const seen = { ours: [], plain: [] };
try {
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of ['ours', 'plain']) {
      const times = await joinBy(way, round === 0);
      // The first of each fills caches of the machine, and hears the welcome to its end: then it is kept.
      if (round > 0) seen[way].push(times);
    }
  }
} finally {
  await browser.close();
  await product.stop();
  site.close();
  rmSync(folder, { recursive: true });
}

console.log(
  '| ms after the click | ours p50 | ours p95 | plain p50 | plain p95 |\n|---|---|---|---|---|',
);
for (const stage of [...STAGES, 'first_agent_audio']) {
  const cells = ['ours', 'plain'].flatMap((way) => [0.5, 0.95].map((p) => at(way, stage, p)));
  console.log(`| ${stage} | ${cells.join(' | ')} |`);
}
const ratio = at('ours', 'first_agent_audio', 0.5) / at('plain', 'first_agent_audio', 0.5);
console.log(
  `\nClick → first sound of the agent, p50: ${ratio.toFixed(2)} of the plain sequence, ${rounds} calls each.`,
);
process.exit(0);

async function joinBy(way, isWhole) {
  const context = await browser.newContext({ permissions: ['microphone'] });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(way, error.message));
    page.on('console', (said) => said.type() === 'error' && console.error(way, said.text()));
    await page.goto(
      `${origin}/${way}?${new URLSearchParams({ server: product.url, key: key.key, agent: product.agentId })}`,
    );
    await page.waitForFunction('window.ready');
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await page.evaluate('intend()');
    await new Promise((resolve) => setTimeout(resolve, HESITATION_MS));
    const times = await page.evaluate('click()');
    if (isWhole) await new Promise((resolve) => setTimeout(resolve, WELCOME_MS));
    await page.evaluate('leave()');
    console.error(way, JSON.stringify(times));
    return times;
  } finally {
    await context.close();
  }
}

function at(way, stage, part) {
  const sorted = seen[way]
    .map((times) => times[stage])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return sorted.length ? Math.round(sorted[Math.ceil(part * sorted.length) - 1]) : '–';
}
