/** The icons of the card. They are hidden from screen readers: each button has a name. */
import { svg } from 'lit';
import { icon } from './wave-icon.js';

/** A microphone. */
export const microphoneIcon = icon(
  svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />`,
);

/** A microphone that is switched off. */
export const mutedIcon = icon(
  svg`<path d="M15 9.5V6a3 3 0 0 0-5.9-.8M9 9v2a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5a6.4 6.4 0 0 1-.5 2.5M12 18v3M4 4l16 16" />`,
);

/** A receiver that is hung up. */
export const hangUpIcon = icon(
  svg`<path class="solid" d="M12 8.5c-3.5 0-6.700 1.100-9 3-.8.700-.9 1.900-.4 2.800l1 1.700c.5.8 1.500 1.100 2.400.7l2-.9c.8-.3 1.200-1.100 1.200-1.900v-1.400a11 11 0 0 1 5.600 0v1.400c0 .8.4 1.600 1.200 1.900l2 .9c.9.4 1.900.1 2.400-.7l1-1.700c.5-.9.4-2.100-.4-2.800-2.300-1.900-5.500-3-9-3Z" />`,
);

/** An arrow upwards, for sending. */
export const sendIcon = icon(svg`<path d="M12 19V5M6 11l6-6 6 6" />`);

/** An exclamation mark in a circle. */
export const warningIcon = icon(
  svg`<path d="M12 8.500v4.500M12 16.500v.01" /><circle cx="12" cy="12" r="9" />`,
);

/** An arrow into a corner: makes small. */
export const minimiseIcon = icon(
  svg`<path d="M20 4l-7 7M13 5.5V11h5.5M4 20l7-7M11 18.5V13H5.5" />`,
);

/** Arrows into both corners: makes large. */
export const expandIcon = icon(svg`<path d="M13 11l7-7M14.5 4H20v5.5M11 13l-7 7M4 14.5V20h5.5" />`);

/** A loudspeaker. */
export const soundIcon = icon(
  svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500H4ZM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" />`,
);

/** Three sliders. */
export const settingsIcon = icon(
  svg`<path d="M4 7h8M18 7h2M4 12h2M12 12h8M4 17h9M19 17h1" /><circle cx="15" cy="7" r="2.500" /><circle cx="9" cy="12" r="2.500" /><circle cx="16" cy="17" r="2.500" />`,
);

/** A star. */
export const starIcon = icon(
  svg`<path d="m12 3.500 2.600 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900-4.300-4.100 5.900-.8L12 3.500Z" />`,
);

/** A thumb that points upwards. */
export const thumbIcon = icon(
  svg`<path d="M7 11v9H4v-9h3Zm0 0 4-7.500c1.500 0 2.500 1 2.500 2.500V9.500h4.800a2 2 0 0 1 2 2.400l-1.300 6.500a2 2 0 0 1-2 1.600H7" />`,
);
