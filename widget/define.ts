/** Registers `<dialnexa-call>`; the only file that does. */
import { DialNexaCallElement } from './dialnexa-call.js';

// So that importing this file brings the types of the tag and its events.
export type { DialNexaCallProps } from './index.js';

// Two scripts of a page may both define the element: the first one does.
if (!customElements.get('dialnexa-call')) {
  customElements.define('dialnexa-call', DialNexaCallElement);
}
