/** Variables as the processes check them, as schemas; what is only space is not set. */
import { z } from 'zod';

/** Without the space around it; `undefined`: not set. */
export const optional = z
  .string()
  .transform((text) => text.trim() || undefined)
  .optional();

/** An address that has one of these protocols, such as `https:`, where it is set. */
export const url = (protocols: readonly string[]) =>
  optional.refine(
    (text) => text === undefined || hasProtocol(text, protocols),
    `must be an address that begins with ${protocols.join('// or ')}//`,
  );

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}
