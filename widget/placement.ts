/** The types of the properties `placement` and `theme`. */

/** In the flow of the page, or floating in a corner of the window. */
export type Placement = 'inline' | 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';

/** `auto` uses the setting of the system. */
export type Theme = 'auto' | 'light' | 'dark';
