/** Where the element stands and in which colours. */

/** In the flow of the page, or floating in a corner. */
export type Placement = 'inline' | 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';
