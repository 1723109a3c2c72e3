/** `@dialnexa/web-call/react`: the tag as a React component, also for server-rendered pages. */
export { DialNexaCall } from './dialnexa-call.js';
export type { DialNexaCallTag } from '../react-types.js';
