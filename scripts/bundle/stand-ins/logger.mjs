/** For LiveKit's logger: says errors only, as `setLogLevel(LogLevel.error)` does. */

export const LogLevel = { error: 4 };
export const LoggerNames = {};

/** An error of LiveKit's on the console, with what it is about. */
export function getLogger(_name, context) {
  return { error: (text, more) => console.error(text, { ...context?.(), ...more }) };
}

/** Nothing: no other level is in this build. */
export function setLogLevel() {}
export const setLogExtension = setLogLevel;

export default getLogger();
