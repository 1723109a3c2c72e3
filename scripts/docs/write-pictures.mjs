/** `npm run pictures [folder]`: draws the element in its states, themes, directions and sizes, by a call that is moved by hand. */
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../test/support/chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'docs/images');

/** Runs in the page: the element with the attributes of a picture, brought into its state. */
const SCRIPT = `
import { mount } from './test/widget/mount.ts';
import { loadTexts, findLanguage } from './widget/texts/languages.ts';

const SAID = {
  en: ['Hello, this is the workshop. How can I help?', 'Are you open on Saturday?', 'Yes, from nine to two. Shall I book a time for your bicycle?'],
  ar: ['مرحباً، هنا الورشة. كيف أساعدك؟', 'هل أنتم مفتوحون يوم السبت؟', 'نعم، من التاسعة حتى الثانية.'],
};
globalThis.draw = async (attributes, state) => {
  await loadTexts(attributes.lang ?? 'en');
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
  const active = [press, () => call().agent('speaking', Date.now() - 42_000), says, () => call().levels(0.1, 0.5)];
  await show(
    ...({
      button: [],
      before: [press],
      starting: [press, () => call().stage('waiting_for_agent')],
      call: active,
      put_away: [...active, () => element.shadowRoot.querySelector('[part=minimise]').click()],
      devices: [...active, () => element.shadowRoot.querySelector('.devices-button')?.click()],
      reconnecting: [...active, () => call().reconnect()],
      blocked_sound: [...active, () => call().blockAudio(true)],
      ended: [...active, () => call().over('agent_disconnected')],
      failed: [press, () => call().fail('microphone_denied')],
    }[state]),
  );
};
`;

/** A phone and a desk, and what is drawn there: name, attributes and state. */
const DESK = { width: 560, height: 640 };
const PHONE = { width: 360, height: 640 };
const QUESTIONS = {
  'consent-text': 'This call is recorded. Ask us to delete it at any time.',
  fields: JSON.stringify([{ name: 'name', label: 'Your name', type: 'text', required: true }]),
};
const states = [
  'button',
  'before',
  'starting',
  'call',
  'devices',
  'reconnecting',
  'blocked_sound',
  'ended',
  'failed',
];
const pictures = [
  ...['light', 'dark'].flatMap((theme) =>
    states.map((state) => [
      `${state}-${theme}`,
      DESK,
      {
        theme,
        ...(state === 'before' ? QUESTIONS : {}),
        ...(state === 'ended' ? { rating: 'stars' } : {}),
      },
      state,
    ]),
  ),
  ...states.map((state) => [
    `${state}-right-to-left`,
    DESK,
    { lang: 'ar', theme: 'light', ...(state === 'before' ? QUESTIONS : {}) },
    state,
  ]),
  ...states.map((state) => [
    `${state}-phone`,
    PHONE,
    {
      placement: 'bottom-right',
      theme: 'light',
      ...(state === 'before' ? QUESTIONS : {}),
      ...(state === 'ended' ? { rating: 'stars' } : {}),
    },
    state,
  ]),
  ...['starting', 'call', 'ended', 'failed'].map((state) => [
    `sheet-${state}-phone`,
    PHONE,
    { size: 'sheet', theme: 'light', languages: 'en de ar hi' },
    state,
  ]),
  ...['call', 'before', 'ended', 'put_away'].map((state) => [
    `dialog-${state}`,
    DESK,
    {
      mode: 'dialog',
      theme: 'light',
      languages: 'en de ar hi',
      ...(state === 'before' ? QUESTIONS : {}),
    },
    state,
  ]),
  ['dialog-call-dark', DESK, { mode: 'dialog', theme: 'dark', languages: 'en de ar hi' }, 'call'],
  [
    'dialog-call-right-to-left',
    DESK,
    { mode: 'dialog', theme: 'light', lang: 'ar', languages: 'en de ar hi' },
    'call',
  ],
  ...['light', 'dark'].map((theme) => [
    `compact-${theme}`,
    DESK,
    { size: 'compact', theme },
    'call',
  ]),
  ['compact-right-to-left', DESK, { size: 'compact', theme: 'light', lang: 'ar' }, 'call'],
  [
    'compact-phone',
    PHONE,
    { size: 'compact', theme: 'light', placement: 'bottom-right' },
    'blocked_sound',
  ],
  ['one-button', DESK, { mode: 'button', theme: 'light' }, 'call'],
  ['one-button-dark', DESK, { mode: 'button', theme: 'dark' }, 'blocked_sound'],
];

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
const only = process.argv[3] ? new RegExp(process.argv[3]) : /./;
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: chromiumFlags });
try {
  for (const [name, viewport, attributes, state] of pictures.filter(([one]) => only.test(one))) {
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce', deviceScaleFactor: 1 });
    const back = attributes.theme === 'dark' ? '#0b1110' : '#eef2f1';
    await page.setContent(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body style="margin: 24px; background: ${back}; font: 16px sans-serif"></body></html>`,
    );
    await page.addScriptTag({ content: outputFiles[0].text });
    await page.evaluate(([given, to]) => globalThis.draw(given, to), [attributes, state]);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
}
