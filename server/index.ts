/** The package's `./server`: the whole server as one object, to be put behind any listener. */
export { compose as createServer } from './compose.js';
export { createLogger } from './http/telemetry/logger.js';
export { listen } from './http/listen/listen.js';
export { readServerConfig } from './server-config.js';
export { StartFault } from './start-fault.js';
export type { Composed } from './compose.js';
export type { FirstRun } from './demo/ensure-demo.js';
export type { Listening, ListenOptions } from './http/listen/listen.js';
export type { ConfigResult, ServerConfig } from './server-config.js';
