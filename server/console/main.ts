/** The console's entry: registers its elements, and styles the page around them. */
import { CallDetailElement } from './call-detail.js';
import { CallListElement } from './call-list.js';
import { ConsoleElement } from './console-element.js';
import { SignInElement } from './sign-in.js';
import { pageSheet } from './styles/page.styles.js';

customElements.define('dialnexa-sign-in', SignInElement);
customElements.define('dialnexa-call-list', CallListElement);
customElements.define('dialnexa-call-detail', CallDetailElement);
customElements.define('dialnexa-console', ConsoleElement);

// A sheet of its own instead of an inline style: the console's security policy may stay strict.
if (pageSheet.styleSheet) document.adoptedStyleSheets.push(pageSheet.styleSheet);
