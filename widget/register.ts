/** Registers `<dialnexa-call>`; the only file that does. */
import { DialNexaCallElement } from './dialnexa-call.js';

// Two scripts of a page may both define the element: the first one does.
if (!customElements.get('dialnexa-call')) {
  customElements.define('dialnexa-call', DialNexaCallElement);
}
