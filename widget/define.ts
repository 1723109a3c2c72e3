/** Registers `<dialnexa-call>`; the only file that does. */
import { DialNexaCallElement } from './dialnexa-call.js';

// Brings along the types of the tag and of its events.
export type { DialNexaCallProps } from './index.js';

// Two scripts of the same page may both bring the element: the first one keeps the name.
if (!customElements.get('dialnexa-call')) {
  customElements.define('dialnexa-call', DialNexaCallElement);
}
