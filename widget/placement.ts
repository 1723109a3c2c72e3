/** The types of the properties that say how the element looks. */

/** In the flow of the page, or floating in a corner of the window. */
export type Placement = 'inline' | 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';

/** `auto` uses the setting of the system. */
export type Theme = 'auto' | 'light' | 'dark';

/** What there is of the element: a button that becomes the card of a call, or opens it as a dialog, or remains a button; or nothing. */
export type Mode = 'card' | 'dialog' | 'button' | 'headless';

/** How much of the page a call takes. */
export type Size = 'full' | 'compact' | 'sheet';
