/**
 * What the published version says of an element. It is asked when a call may be wanted, and holds from the start of one on
 * where the page says nothing itself.
 */
import type { WebCallOptions } from '../sdk/index.js';
import { checkOptions } from '../sdk/check-options.js';
import { readWidget, widgetAddress } from '../sdk/rest/read-widget.js';
import type { WidgetSettings } from '../sdk/wire/widget.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { languageOf } from './language.js';
import type { TextOverrides } from './texts/texts.js';
import { speaks, styleOf, textsOf, valuesOf, type Settable } from './version-words.js';

/** A call waits no longer than this for what it may have to ask. */
const PATIENCE_MS = 2_000;
/** How long an answer counts, and how long a failure does. */
const KEPT_MS = 300_000;
const FAILED_MS = 30_000;

/** One answer for all elements of a page that name the same version. */
interface Asked {
  /** What the version said last; empty until it has. */
  said: WidgetSettings;
  isSettled: boolean;
  settled: Promise<void>;
  /** When it is asked again. */
  until: number;
}
const asked = new Map<string, Asked>();

/** Where the element tells that a version could not be read. */
type Tell = (why: unknown) => void;

/** That of one element. */
export class PublishedSettings {
  readonly #element: DialNexaCallElement;
  readonly #options: () => WebCallOptions | null;
  readonly #tell: Tell;
  #asked: Asked | null = null;
  /** What holds. */
  #said: WidgetSettings = {};
  #language = '';
  #painted: Record<string, string> = {};

  /** `options`: those of the next call; `null` when they cannot make one. */
  constructor(element: DialNexaCallElement, options: () => WebCallOptions | null, tell: Tell) {
    this.#element = element;
    this.#options = options;
    this.#tell = tell;
  }

  /** Texts that the version puts over those of the language. */
  get texts(): TextOverrides {
    return textsOf(this.#said, languageOf(this.#element));
  }

  /** Asks, unless it is known, or being asked already. */
  ask(): void {
    const { mode, callFactory } = this.#element;
    // Where no call can be made, nothing is asked before it.
    const asksNothing = mode === 'headless' || callFactory || !globalThis.isSecureContext;
    const options = asksNothing ? null : this.#options();
    this.#asked = options && askFor(options, this.#tell);
  }

  /** Asks; whether a call would know by now what it has to ask, from the version or from the page. */
  isKnown(): boolean {
    this.ask();
    return this.#isTold || this.#asked?.isSettled !== false;
  }

  /** Resolves when it is known, after two seconds at the latest. */
  async known(): Promise<void> {
    if (this.isKnown()) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([this.#asked?.settled, late]);
    clearTimeout(timer);
  }

  /** Lets hold what is known: where the page says nothing, its properties are those of the version. */
  apply(): void {
    if (this.#element.mode === 'headless') return;
    this.#said = this.#asked?.said ?? {};
    this.#speak();
    this.#element.requestUpdate();
  }

  /** The same once it is known, where the start has not waited for it: how the call looks does not depend on who was quicker. */
  applySoon(): void {
    const asked = this.#asked;
    if (!this.#isTold || asked?.isSettled !== false) return;
    void asked.settled.then(() => {
      if (this.#asked === asked) this.apply();
    });
  }

  /** The language of what the version wants to be asked; empty: that of the page, whose words these may be, too. */
  languageOf(name: 'consentText' | 'fields'): string {
    if (this.#isPages(name)) return '';
    const told = name === 'fields' ? name : 'consent_text';
    return speaks(this.#said, this.#language, told) ? this.#language : '';
  }

  #speak(): void {
    this.#language = languageOf(this.#element);
    const values = valuesOf(this.#said, this.#language);
    // The number of one text says nothing of another one.
    if (this.#isPages('consentText')) values.consentVersion = undefined;
    for (const [name, value] of Object.entries(values) as [Settable, unknown][]) {
      if (this.#isPages(name)) continue;
      Object.assign(this.#element, { [name]: value });
      this.#element.given[name]!.length = 1;
    }
  }

  /** Before it is drawn: another language has other words of what holds. */
  willDraw(): void {
    if (this.#language && this.#language !== languageOf(this.#element)) this.#speak();
  }

  /** After it was drawn. */
  paint(root: HTMLElement | null | undefined): void {
    const pages = root && getComputedStyle(root);
    const isPages = (property: string): boolean => !!pages?.getPropertyValue(property).trim();
    const style = styleOf(this.#said, isPages);
    for (const name of Object.keys({ ...this.#painted, ...style })) {
      root?.style.setProperty(name, style[name] ?? '');
    }
    this.#painted = style;
  }

  /** Whether the page itself says all that is to be asked before a call. */
  get #isTold(): boolean {
    return this.#isPages('consentText') && this.#isPages('fields');
  }

  #isPages(name: Settable): boolean {
    const [, given] = this.#element.given[name] ?? [];
    return given !== undefined && given !== null;
  }
}

/** An answer that is still good, or a new question. */
function askFor(options: WebCallOptions, tell: Tell): Asked | null {
  let checked: ReturnType<typeof checkOptions>;
  try {
    checked = checkOptions(options, { locale: undefined, pageUrl: undefined });
  } catch {
    // The call tells what is wrong with them.
    return null;
  }
  const address = widgetAddress(checked);
  const key = `${checked.apiKey} ${address}`;
  const known = asked.get(key);
  if (known && known.until > performance.now()) return known;
  const fresh: Asked = {
    said: known?.said ?? {},
    isSettled: false,
    settled: Promise.resolve(),
    until: Infinity,
  };
  fresh.settled = readWidget(address, checked)
    .then(
      (said) => {
        fresh.said = said;
        return KEPT_MS;
      },
      (why: unknown) => {
        tell(why);
        return FAILED_MS;
      },
    )
    .then((ms) => {
      fresh.isSettled = true;
      fresh.until = performance.now() + ms;
    });
  asked.set(key, fresh);
  return fresh;
}
