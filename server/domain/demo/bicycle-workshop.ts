/** The demo agent: the front desk of a bicycle workshop. Data only: publishing other data changes it. */
import type { Dialogue } from '../../../sdk/wire/dialogue.js';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { NO_EXAMPLES } from './examples/no-examples.js';
import { YES_EXAMPLES } from './examples/yes-examples.js';
import { WORKSHOP_INTENTS } from './workshop-intents.js';

const dialogue: Dialogue = {
  intents: WORKSHOP_INTENTS,
  slots: {
    day: { type: 'day', ask: 'Which day suits you?' },
    time: { type: 'time', ask: 'And at what time?' },
    ticket: { type: 'number', ask: 'What is the ticket number?' },
    service: {
      type: 'choice',
      ask: 'Which repair do you mean?',
      choices: {
        'full service': ['full service', 'big service', 'complete service', 'overhaul'],
        'small service': ['small service', 'basic service', 'tune up', 'check up'],
        puncture: ['puncture', 'flat tire', 'flat tyre', 'flat', 'inner tube', 'tube'],
        // As recognisers also write it.
        brakes: ['brakes', 'brake', 'brake pads', 'breaks', 'break', 'break pads'],
        gears: ['gears', 'gear', 'chain', 'shifting'],
      },
    },
  },
  yes: YES_EXAMPLES,
  no: NO_EXAMPLES,
  not_understood: [
    'Sorry, I did not get that. Could you say it in other words?',
    'I am afraid I still do not understand. I can tell you about opening hours, prices and repairs.',
  ],
  offer_person: 'I can not help with that. Shall I get you a person?',
  anything_else: 'All right. Is there anything else I can do for you?',
};

/** What is published as the demo agent's first version. */
export const BICYCLE_WORKSHOP: {
  title: string;
  version_title: string;
  settings: Partial<VersionSettings>;
} = {
  title: 'Bicycle workshop',
  version_title: 'Front desk',
  settings: {
    prompt:
      'You are the front desk of a bicycle workshop in Mill Lane. You know the opening hours, the ' +
      'prices, the state of repairs by ticket number, and you book repairs. Answer in one or two ' +
      'short sentences that are easy to say aloud. Read a booking back before you confirm it.',
    conversation_start_type: 'agent_defined',
    welcome_message: 'Hello, this is the bicycle workshop. How can I help you?',
    voice: { provider: 'offline', voice_id: 'slt' },
    functions: [
      {
        type: 'end_call',
        name: 'end_call',
        description: 'Ends the call once the caller has said goodbye.',
      },
    ],
    dialogue,
  },
};
