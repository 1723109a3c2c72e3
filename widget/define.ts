/** Registers `<dialnexa-call>`; the only file that does. */
import { DialNexaCallElement } from './dialnexa-call.js';

// Two scripts of the same page may both bring the element: the first one keeps the name.
if (!customElements.get('dialnexa-call')) {
  customElements.define('dialnexa-call', DialNexaCallElement);
}
