/** The demo agent: the front desk of a bicycle workshop. Data only; publishing other data changes it. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';

/** What is published as the demo agent's first version. */
export const BICYCLE_WORKSHOP: {
  title: string;
  version_title: string;
  settings: Partial<VersionSettings>;
} = {
  title: 'Bicycle workshop',
  version_title: 'Front desk',
  settings: { welcome_message: 'Hello, this is the bicycle workshop. How can I help you?' },
};
