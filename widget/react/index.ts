/** `@dialnexa/web-call/react`: the tag as a component, for pages that are rendered on a server, too. */
export { DialNexaCall } from './dialnexa-call.js';
export type { DialNexaCallTag } from '../react-types.js';
