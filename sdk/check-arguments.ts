/** Checks what the methods of a call are given: TypeScript prevents most of these faults, but many pages are plain JavaScript. */
import { CallError } from './error/call-error.js';
import { LONGEST_TEXT } from './error/text-fault.js';
import type { CallEventName } from './events.js';
import type { StartOptions } from './options.js';
import type { FeedbackRequest } from './wire/web-call.js';

/** The options of `start()`. */
export const START_OPTIONS = ['signal', 'microphone', 'textOnly'];
/** Of a click, where the method itself is the listener. */
const OF_AN_EVENT = ['isTrusted', 'nativeEvent'];
const EVENTS = Object.keys({
  stateChange: 0,
  transcript: 0,
  agentState: 0,
  audioLevel: 0,
  muted: 0,
  audioBlocked: 0,
  deviceChange: 0,
  timing: 0,
  functionCall: 0,
  toolCall: 0,
  toolsOffered: 0,
  agentChange: 0,
  transfer: 0,
  quality: 0,
  error: 0,
  ended: 0,
} satisfies Record<CallEventName, 0>);

/** What `check` answers: what a page gives may throw when it is read, and that is no fault of the call. Throws `CallError`. */
export function asOptions<T>(of: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    throw CallError.invalidOptions(`What ${of} is given cannot be read.`, cause);
  }
}

/** Options of `start()` and `resume()` without those that are `null`: frameworks write so what is not set. Throws `CallError`. */
export function checkStart(given: unknown): StartOptions {
  return asOptions('start()', () => readStart(given));
}

function readStart(given: unknown): StartOptions {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw CallError.invalidOptions('Give the options as one object: start({ … }).');
  }
  if (OF_AN_EVENT.some((name) => name in given)) return {};
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
  const unknown = Object.keys(options).find((name) => !START_OPTIONS.includes(name));
  if (unknown) {
    throw CallError.invalidOptions(
      `There is no option ${unknown} of start(). Options: ${START_OPTIONS.join(', ')}. All others are the constructor's.`,
    );
  }
  const { microphone, textOnly, signal } = options as Partial<Record<string, unknown>>;
  checkBoolean('textOnly', textOnly);
  if (!isTrack(microphone)) {
    checkBoolean('microphone', microphone, 'true, false or an audio track that has not ended');
  }
  if (signal !== undefined && !isSignal(signal)) {
    throw CallError.invalidOptions('signal must be an AbortSignal.');
  }
  return options;
}

/** By what is done with it: that of a frame has another class. */
function isTrack(given: unknown): boolean {
  const track = given as Partial<MediaStreamTrack> | undefined;
  const isWhole = typeof track?.stop === 'function' && typeof track.getSettings === 'function';
  return isWhole && track.kind === 'audio' && track.readyState !== 'ended';
}

function isSignal(given: unknown): boolean {
  const { aborted, addEventListener, removeEventListener } = given as Partial<AbortSignal>;
  const isHeard = [addEventListener, removeEventListener].every((one) => typeof one === 'function');
  return isHeard && typeof aborted === 'boolean';
}

/** Throws `CallError` for anything but true, false and nothing. */
export function checkBoolean(name: string, given: unknown, what = 'true or false'): void {
  if (given == null || typeof given === 'boolean') return;
  throw CallError.invalidOptions(`${name} must be ${what}.`);
}

/** What `method` is given, where it is a text; it may be empty. Throws `CallError`. */
export function checkString(method: string, what: string, given: unknown): string {
  if (typeof given === 'string') return given;
  throw CallError.invalidOptions(`Give ${method}() ${what} as a string.`);
}

/** A rating as the server takes it. Throws `CallError`. */
export function checkFeedback(rating: unknown, comment: unknown): FeedbackRequest {
  if (typeof rating !== 'number' || ![1, 2, 3, 4, 5].includes(rating)) {
    throw CallError.invalidOptions('Give rate() a whole number from 1 (bad) to 5 (good).');
  }
  const words = checkString('rate', 'the comment', comment ?? '').trim();
  if (words.length > LONGEST_TEXT) {
    throw CallError.invalidOptions(`Give rate() at most ${LONGEST_TEXT} characters.`);
  }
  return words ? { rating, comment: words } : { rating };
}

/** Throws `CallError` for what is no listener of an event. */
export function checkListener(method: string, name: unknown, listener: unknown): void {
  if (!EVENTS.includes(name as string)) {
    const asked = typeof name === 'string' ? name.slice(0, 60) : 'that';
    throw CallError.invalidOptions(
      `${method}(): no event is named ${asked}. Events: ${EVENTS.join(', ')}.`,
    );
  }
  if (typeof listener !== 'function') {
    throw CallError.invalidOptions(`Give ${method}() a function.`);
  }
}
