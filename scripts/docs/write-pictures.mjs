/**
 * `npm run pictures`: draws the pictures of docs/widget.md, by a call that is moved by hand, and sheets of every state, light, dark, from
 * right to left and on a phone. With a folder, `npm run pictures -- /tmp/p`, each state is a file of its own there; names may be chosen by
 * a pattern behind it.
 */
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../test/support/chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [folder = join(root, 'docs/images'), names] = process.argv.slice(2);

/** Runs in the page: the element with the attributes of a picture, brought into its state. */
const SCRIPT = `
import { mount } from './test/widget/mount.ts';

const SAID = {
  en: ['Hello, this is the workshop. How can I help?', 'Are you open on Saturday?', 'Yes, from nine to two. Shall I book a time for your bicycle?'],
  ar: ['مرحباً، هنا الورشة. كيف أساعدك؟', 'هل أنتم مفتوحون يوم السبت؟', 'نعم، من التاسعة حتى الثانية.'],
};
const PLUGGED = {
  microphones: [{ deviceId: 'a', label: 'Headset' }, { deviceId: 'b', label: 'Built-in microphone' }],
  microphoneId: 'a',
};
globalThis.draw = async (attributes, named) => {
  const [state, code] = named.split(' ');
  const { element, call, drawn } = await mount({ lang: 'en', ...attributes });
  const press = () => element.shadowRoot.querySelector('[data-primary]').click();
  const show = async (...steps) => {
    for (const step of steps) {
      step();
      await drawn();
    }
  };
  const says = () => {
    const [hello, asks, answers] = SAID[attributes.lang] ?? SAID.en;
    call().says('agent', hello);
    call().says('user', asks);
    call().says('agent', answers);
  };
  const unheardSince = performance.now();
  const hearsNothing = (second) => {
    performance.now = () => unheardSince + second * 1_000;
    call().levels(0, 0);
  };
  const active = [press, () => call().agent('speaking', Date.now() - 42_000), says, () => call().levels(0.1, 0.5)];
  await show(
    ...({
      button: [],
      before: [press],
      starting: [press, () => call().stage('waiting_for_agent')],
      call: active,
      put_away: [...active, () => element.shadowRoot.querySelector('[part=minimise]').click()],
      devices: [...active, () => call().plug(PLUGGED), () => element.shadowRoot.querySelector('.devices-button')?.click()],
      reconnecting: [...active, () => call().reconnect()],
      blocked_sound: [...active, () => call().blockAudio(true)],
      ended: [...active, () => call().over('agent_disconnected')],
      silent: [press, () => call().agent('listening', Date.now() - 42_000), () => call().says('agent', SAID.en[0]), ...Array.from({ length: 10 }, (_, second) => () => hearsNothing(second))],
      failed: [press, () => call().fail(code)],
    }[state]),
  );
};
`;

/** A phone and a desk, and what is drawn there: name, attributes and state. */
const DESK = { width: 560, height: 560 };
const LINE = { width: 560, height: 180 };
const PHONE = { width: 360, height: 640 };
const asks = (consent, label) => ({
  'consent-text': consent,
  fields: JSON.stringify([{ name: 'name', label, type: 'text', required: true }]),
});
/** One of each kind of next step. */
const FAILURES = [
  'microphone_denied',
  'microphone_not_found',
  'microphone_in_use',
  'insecure_context',
  'agent_did_not_join',
  'capacity_reached',
  'connection_lost',
  'origin_not_allowed',
  'unauthorized',
];
/** What is set for a state, beside what a picture is of. */
const GIVEN = {
  before: {
    en: asks('This call is recorded. Ask us to delete it at any time.', 'Your name'),
    ar: asks('تُسجَّل هذه المكالمة. يمكنك طلب حذفها في أي وقت.', 'اسمك'),
  },
  ended: { en: { rating: 'stars' }, ar: { rating: 'stars' } },
  put_away: { en: { mode: 'dialog' }, ar: { mode: 'dialog' } },
};
const states = [
  'button',
  'before',
  'starting',
  'call',
  'devices',
  'put_away',
  'reconnecting',
  'blocked_sound',
  'silent',
  'ended',
  ...FAILURES.map((code) => `failed ${code}`),
];
const MENU = { theme: 'light', languages: 'en de ar hi' };
const all = (look, viewport, attributes, shown = states) =>
  shown.map((state) => [`${state}-${look}`, viewport, attributes, state]);
const pictures = [
  ...all('light', DESK, { theme: 'light' }),
  ...all('dark', DESK, { theme: 'dark' }),
  ...all('right-to-left', DESK, { theme: 'light', lang: 'ar' }),
  ...all('phone', PHONE, { theme: 'light', placement: 'bottom-right' }),
  ...all('sheet', PHONE, { ...MENU, size: 'sheet' }, [
    'before',
    'starting',
    'call',
    'ended',
    'failed microphone_denied',
  ]),
  ...all('dialog', DESK, { ...MENU, mode: 'dialog' }, ['before', 'call', 'ended', 'put_away']),
  ...all('dialog-right-to-left', DESK, { ...MENU, mode: 'dialog', lang: 'ar' }, ['call']),
  ...all('compact', LINE, { theme: 'light', size: 'compact' }, ['call']),
  ...all('compact-dark', DESK, { theme: 'dark', size: 'compact' }, ['call']),
  ...all('compact-right-to-left', DESK, { theme: 'light', size: 'compact', lang: 'ar' }, ['call']),
  ...all('compact-phone', PHONE, { theme: 'light', size: 'compact', placement: 'bottom-right' }, [
    'blocked_sound',
  ]),
  ...all('one-button', LINE, { theme: 'light', mode: 'button' }, ['call', 'blocked_sound']),
];

const LOOKS = ['light', 'dark', 'right-to-left', 'phone'];
const IN_DOCS = /^call-(light|dark|right-to-left|dialog|sheet|compact|one-button)$/;
const only = process.argv[2] ? new RegExp(names ?? '') : IN_DOCS;

const { outputFiles } = await build({
  stdin: { contents: SCRIPT, resolveDir: root, loader: 'ts' },
  bundle: true,
  ignoreAnnotations: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  logLevel: 'error',
  tsconfigRaw: {
    compilerOptions: { useDefineForClassFields: false, experimentalDecorators: true },
  },
});
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: chromiumFlags,
});
try {
  const draw = async ([name, viewport, attributes, state]) => {
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce', deviceScaleFactor: 1 });
    const back = attributes.theme === 'dark' ? '#0b1110' : '#eef2f1';
    await page.setContent(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body style="margin: 24px; background: ${back}; font: 16px sans-serif"></body></html>`,
    );
    await page.addScriptTag({ content: outputFiles[0].text });
    await page.evaluate(
      ([given, to]) => globalThis.draw(given, to),
      [{ ...attributes, ...GIVEN[state]?.[attributes.lang ?? 'en'] }, state],
    );
    const png = await page.screenshot();
    await page.close();
    return { name, state, png };
  };
  for (const picture of pictures.filter(([one]) => only.test(one))) {
    const { name, png } = await draw(picture);
    writeFileSync(join(folder, `${name.replaceAll(' ', '_')}.png`), png);
  }
  for (const look of process.argv[2] ? [] : LOOKS) {
    const drawn = [];
    for (const picture of pictures.filter(([name, , , state]) => name === `${state}-${look}`)) {
      drawn.push(await draw(picture));
    }
    const page = await browser.newPage({ viewport: { width: 1500, height: 400 } });
    const figures = drawn.map(
      ({ state, png }) =>
        `<figure><img src="data:image/png;base64,${png.toString('base64')}"><figcaption>${state.replaceAll('_', ' ')}</figcaption></figure>`,
    );
    await page.setContent(
      `<!doctype html><style>body { margin: 0; display: flex; flex-wrap: wrap; font: 14px sans-serif } figure { margin: 4px; width: ${look === 'phone' ? 205 : 292}px } img { width: 100% } figcaption { text-align: center }</style>${figures.join('')}`,
    );
    await page.screenshot({ path: join(folder, `states-${look}.png`), fullPage: true });
    await page.close();
  }
} finally {
  await browser.close();
}
