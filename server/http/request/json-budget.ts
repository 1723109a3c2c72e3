/** What a JSON body may cost, held against its bytes before anything is made of them. */
import { HttpError } from '../errors/http-error.js';

/** Nothing of ours is nested deeper, JSON Schemas of functions included. */
export const MAX_DEPTH = 32;
/** Members of all lists and objects together; the longest dialogue that people write has a third of it. */
export const MAX_VALUES = 20_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Throws `validation_failed` for JSON with too many values, or nested too deeply; says nothing of other faults. */
export function checkJsonBudget(json: Uint8Array): void {
  let depth = 0;
  let values = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) {
      isText = true;
    } else if (byte === COMMA) {
      values += 1;
    } else if (OPENING.has(byte)) {
      values += 1;
      depth += 1;
      if (depth > MAX_DEPTH) throw tooMuch(`is nested more than ${MAX_DEPTH} levels deep`);
    } else if (CLOSING.has(byte)) {
      depth -= 1;
    }
    if (values > MAX_VALUES) throw tooMuch(`holds more than ${MAX_VALUES} values`);
  }
}

function tooMuch(fault: string): HttpError {
  return HttpError.validationFailed([`body ${fault}.`]);
}
