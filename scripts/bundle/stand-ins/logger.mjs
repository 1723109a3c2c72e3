/** For LiveKit's logger: says nothing, as `setLogLevel(LogLevel.silent)` does. */

export const LogLevel = { silent: 5 };
export const LoggerNames = {};

/** Nothing: no level is in this build. */
export function getLogger() {
  return { error() {} };
}

export function setLogLevel() {}
export const setLogExtension = setLogLevel;

export default getLogger();
