/** The fields of the form before a call: what a page may ask, and how its definition is checked. */
import { CallError } from '../sdk/index.js';

/** A field that visitors fill in before a call. */
export interface CallField {
  /** The variable that its value becomes: `{{name}}` in the prompt. At most 64 characters. */
  name: string;
  /** What visitors are asked, at most 200 characters. */
  label: string;
  /** Default `text`. */
  type?: 'text' | 'email' | 'tel' | 'number' | 'select';
  /** Whether it must be filled in. Default false. */
  required?: boolean;
  /** Of a `select`: what can be chosen, 1 to 100 texts of at most 200 characters. */
  options?: readonly string[];
}

const MOST_FIELDS = 10;
const MOST_OPTIONS = 100;
const MEMBERS = ['name', 'label', 'type', 'required', 'options'];
const TYPES = ['text', 'email', 'tel', 'number', 'select'];

/** The fields that a page has given; none for `null`. Throws `CallError` with a message that says how to mend them. */
export function checkFields(given: unknown): readonly CallField[] {
  if (given === null) return [];
  if (!Array.isArray(given) || given.length > MOST_FIELDS) {
    throw refuse(
      `must be an array of at most ${MOST_FIELDS}, or JSON of one: '[{"name":"email","label":"Your e-mail","type":"email"}]'.`,
    );
  }
  const names = new Set<unknown>();
  for (const [at, field] of given.entries() as IterableIterator<[number, unknown]>) {
    const fault = faultOf(field);
    if (fault) throw refuse(`[${at}] ${fault}`);
    const { name } = field as CallField;
    if (names.has(name)) throw refuse(`[${at}] has the name of another one, ${name}.`);
    names.add(name);
  }
  return given as readonly CallField[];
}

function faultOf(field: unknown): string | null {
  if (typeof field !== 'object' || field === null) return 'must be an object.';
  const { name, label, type = 'text', required = false, options } = field as Partial<CallField>;
  const odd = Object.keys(field).find((member) => !MEMBERS.includes(member));
  if (odd !== undefined) return `has no member ${odd}. Members: ${MEMBERS.join(', ')}.`;
  if (!isText(name, 64)) return 'needs a name, a text of 1 to 64 characters.';
  if (!isText(label, 200)) return 'needs a label, a text of 1 to 200 characters.';
  if (!TYPES.includes(type)) return `has no such type. Types: ${TYPES.join(', ')}.`;
  if (typeof required !== 'boolean') return 'takes true or false as required.';
  if (type !== 'select') return options === undefined ? null : 'takes options only as a select.';
  const areTexts =
    Array.isArray(options) &&
    options.length > 0 &&
    options.length <= MOST_OPTIONS &&
    options.every((option) => isText(option, 200));
  return areTexts ? null : `needs options: 1 to ${MOST_OPTIONS} texts of 1 to 200 characters.`;
}

function isText(given: unknown, most: number): given is string {
  return typeof given === 'string' && given.trim() !== '' && given.length <= most;
}

function refuse(what: string): CallError {
  return CallError.invalidOptions(`fields${what.startsWith('[') ? '' : ' '}${what}`);
}
