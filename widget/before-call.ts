/** What visitors are asked before a call: the fields of the page, and their consent. Nothing outlives the element. */
import type { Consent, VariableValue, WebCallOptions } from '../sdk/index.js';
import { checkFields, type CallField } from './call-field.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { hashOf } from './hash-of.js';
import { languageAround } from './language.js';
import type { FieldFault } from './texts/texts.js';
import type { Questions } from './views/view-model.js';

/** The answers of one visitor. */
export class BeforeCall {
  readonly #element: DialNexaCallElement;
  readonly #versions: (name: 'consentText' | 'fields') => string;
  #consent: Consent | null = null;
  /** `null`: the form has not been answered. */
  #values: WebCallOptions['variables'] | null = null;
  readonly #faults = new Map<string, FieldFault>();
  /** What the visitor has chosen from the menu of languages, and what the page had said before. */
  #spoken: { chosen: string; pages: string } | null = null;
  #hashed: { text: string; sha256: string | null } | null = null;
  /** Whether the visitor is being asked. */
  isOpen = false;

  /** `versions`: the language of these texts, where they are those of the published version in another one. */
  constructor(element: DialNexaCallElement, versions: (name: 'consentText' | 'fields') => string) {
    this.#element = element;
    this.#versions = versions;
  }

  /** What is to be drawn while it is open. */
  get questions(): Questions {
    return {
      fields: this.#values ? [] : this.#fields,
      faults: this.#faults,
      consentText: this.#asksConsent ? this.#element.consentText : '',
      languages: {
        consentText: this.#languageOf('consentText'),
        fields: this.#languageOf('fields'),
      },
    };
  }

  /** The visitor chooses another language, which the texts of the page are not in. */
  speak(tag: string): void {
    this.#spoken = { chosen: tag, pages: this.#pages };
    this.#element.lang = tag;
  }

  /** Asks what has not been answered; whether there is anything. */
  ask(): boolean {
    this.isOpen = this.#asksConsent || (this.#values === null && this.#fields.length > 0);
    this.#faults.clear();
    if (this.isOpen && this.#asksConsent) this.#hash(this.#element.consentText);
    return this.isOpen;
  }

  /** Closes the questions, and forgets what was filled in. */
  forget(): void {
    this.isOpen = false;
    this.#values = null;
    this.#faults.clear();
  }

  /** Takes the form, sent by a visitor who has thereby agreed; whether it is complete. */
  answer(form: HTMLFormElement): boolean {
    const { fields, consentText } = this.questions;
    this.#faults.clear();
    const values = new Map<string, VariableValue>();
    for (const [at, field] of fields.entries()) {
      const control = form.querySelector<HTMLInputElement | HTMLSelectElement>(`#field-${at}`);
      const text = control?.value.trim() ?? '';
      const fault = control && faultOf(field, text, control.validity);
      if (fault) this.#faults.set(field.name, fault);
      else if (text) values.set(field.name, field.type === 'number' ? Number(text) : text);
    }
    if (this.#faults.size > 0) return false;
    if (fields.length > 0) this.#values = Object.fromEntries(values);
    if (consentText) this.#consent = this.#receipt(consentText);
    this.isOpen = false;
    return true;
  }

  /** A value is being changed: what was wrong with it may be no more. */
  mend(name: string): void {
    this.#faults.delete(name);
  }

  /** The options of the page with what the visitor has answered. */
  complete(options: WebCallOptions): WebCallOptions {
    const all = { ...options };
    if (this.#values) all.variables = { ...options.variables, ...this.#values };
    if (this.#consent && this.#consent.text === this.#element.consentText) {
      all.consent = this.#consent;
    }
    return all;
  }

  /** The language that the page has given the element, by its property or attribute. */
  get #pages(): string {
    const { lang } = this.#element;
    return this.#spoken?.chosen === lang ? this.#spoken.pages : lang;
  }

  #languageOf(name: 'consentText' | 'fields'): string {
    return this.#versions(name) || this.#pages || languageAround(this.#element);
  }

  get #asksConsent(): boolean {
    const { consentText } = this.#element;
    return consentText !== '' && this.#consent?.text !== consentText;
  }

  /** None where their definition is wrong: the options of the call are, then, too. */
  get #fields(): readonly CallField[] {
    try {
      return checkFields(this.#element.fields);
    } catch {
      return [];
    }
  }

  #receipt(text: string): Consent {
    const { consentVersion } = this.#element;
    const sha256 = this.#hashed?.text === text ? this.#hashed.sha256 : null;
    const locale = this.#languageOf('consentText').slice(0, 35);
    return {
      text,
      ...(consentVersion ? { version: consentVersion } : {}),
      ...(sha256 ? { text_sha256: sha256 } : {}),
      ...(locale ? { locale } : {}),
      accepted_at: new Date().toISOString(),
    };
  }

  /** Before it is needed: a call starts in the very click. Where the browser cannot, or is too slow, the server does. */
  #hash(text: string): void {
    const hashed: { text: string; sha256: string | null } = { text, sha256: null };
    this.#hashed = hashed;
    hashOf(text).then(
      (sha256) => (hashed.sha256 = sha256),
      () => undefined,
    );
  }
}

function faultOf(field: CallField, text: string, validity: ValidityState): FieldFault | null {
  if (validity.badInput) return 'number';
  if (text === '') return field.required ? 'required' : null;
  if (validity.typeMismatch) return 'email';
  return validity.patternMismatch ? 'tel' : null;
}
