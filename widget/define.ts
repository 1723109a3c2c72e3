/** `@dialnexa/web-call/widget/define`: registers `<dialnexa-call>` on a page that a bundler makes. */
import './quiet-lit.js';
import './register.js';

// So that importing this file brings the types of the tag and its events.
export type { DialNexaCallProps } from './index.js';
