/** `/sdk.js`: the SDK as one module for pages without a bundler. `serverUrl` defaults to where it was loaded from. */
import './module-origin.js';

export { CallError, DialNexaWebCall, ERROR_TABLE, TEXT_FAULTS, runPreflight } from '../index.js';
