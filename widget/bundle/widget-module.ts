/** `/widget.esm.js`: the element and the SDK as one module. `server-url` defaults to where it was loaded from. */
import '../../sdk/bundle/module-origin.js';
import '../define.js';

export { CallError, DialNexaWebCall, ERROR_TABLE, TEXT_FAULTS } from '../../sdk/index.js';
