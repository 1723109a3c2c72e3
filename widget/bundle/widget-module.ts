/** `/widget.js` and `/widget.esm.js`: the element with its button. `server-url` defaults to where it was loaded from. */
import '../../sdk/bundle/module-origin.js';
import '../register.js';
