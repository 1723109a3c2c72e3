/** `/sdk.js`: the SDK as one module for pages without a bundler. The server is where it came from. */
import './module-origin.js';

export { CallError, DialNexaWebCall, ERROR_TABLE, TEXT_FAULTS } from '../index.js';
