/** What callers of the bicycle workshop want, and what it answers. */
import type { DialogueIntent } from '../../../sdk/wire/dialogue.js';
import { ADDRESS_EXAMPLES } from './examples/address-examples.js';
import { BOOK_REPAIR_EXAMPLES } from './examples/book-repair-examples.js';
import { CANCEL_BOOKING_EXAMPLES } from './examples/cancel-booking-examples.js';
import { GOODBYE_EXAMPLES } from './examples/goodbye-examples.js';
import { GREETING_EXAMPLES } from './examples/greeting-examples.js';
import { INTERRUPT_EXAMPLES } from './examples/interrupt-examples.js';
import { OPENING_HOURS_EXAMPLES } from './examples/opening-hours-examples.js';
import { PERSON_EXAMPLES } from './examples/person-examples.js';
import { PRICE_EXAMPLES } from './examples/price-examples.js';
import { REPAIR_STATUS_EXAMPLES } from './examples/repair-status-examples.js';
import { REPEAT_EXAMPLES } from './examples/repeat-examples.js';
import { THANKS_EXAMPLES } from './examples/thanks-examples.js';

const WEEKDAY = 'we are open from 9 in the morning until 6 in the evening.';

/** The workshop's intents. */
export const WORKSHOP_INTENTS: DialogueIntent[] = [
  {
    name: 'opening_hours',
    examples: OPENING_HOURS_EXAMPLES,
    optional_slots: ['day'],
    by_slot: {
      slot: 'day',
      replies: {
        Monday: `On Monday ${WEEKDAY}`,
        Tuesday: `On Tuesday ${WEEKDAY}`,
        Wednesday: `On Wednesday ${WEEKDAY}`,
        Thursday: `On Thursday ${WEEKDAY}`,
        Friday: `On Friday ${WEEKDAY}`,
        Saturday: 'On Saturday we are open from 10 in the morning until 4 in the afternoon.',
        Sunday: 'On Sunday we are closed.',
      },
    },
    reply: 'We are open Monday to Friday from 9 to 6, and on Saturday from 10 to 4.',
  },
  {
    name: 'price',
    examples: PRICE_EXAMPLES,
    slots: ['service'],
    by_slot: {
      slot: 'service',
      replies: {
        'full service': 'A full service is 95 pounds.',
        'small service': 'A small service is 45 pounds.',
        puncture: 'Fixing a puncture is 15 pounds, with a new tube.',
        brakes: 'New brake pads are 30 pounds a wheel, fitted.',
        gears: 'Adjusting the gears is 25 pounds. A new chain is 40.',
      },
    },
    reply: 'A full service is 95 pounds, and a small one is 45.',
  },
  {
    name: 'book_repair',
    examples: BOOK_REPAIR_EXAMPLES,
    slots: ['day', 'time'],
    refuse: {
      slot: 'day',
      replies: { Sunday: 'On Sunday we are closed. Which other day suits you?' },
    },
    confirm: 'So that is a repair on {day} at {time}. Is that correct?',
    declined: 'No problem. Which day and time would you like instead?',
    reply: 'Your repair is booked for {day} at {time}. We look forward to seeing you.',
  },
  {
    name: 'repair_status',
    examples: REPAIR_STATUS_EXAMPLES,
    slots: ['ticket'],
    by_slot: {
      slot: 'ticket',
      replies: {
        '4279': 'Ticket 4 2 7 9 is ready. You can pick up your bike.',
        '3105': 'Ticket 3 1 0 5 is still waiting for a part. It should be ready on Thursday.',
        '8812': 'Ticket 8 8 1 2 is being repaired right now. It will be ready tomorrow.',
      },
    },
    reply: 'I can not find ticket {ticket}. Please check the number on your receipt.',
  },
  {
    name: 'address',
    examples: ADDRESS_EXAMPLES,
    reply: 'You find us at 12 Mill Lane, next to the station.',
  },
  {
    name: 'cancel_booking',
    examples: CANCEL_BOOKING_EXAMPLES,
    slots: ['day'],
    confirm: 'Shall I cancel your booking on {day}?',
    declined: 'All right, your booking stays. Is there another day that you mean?',
    reply: 'Your booking on {day} is cancelled.',
  },
  {
    name: 'repeat',
    examples: REPEAT_EXAMPLES,
    action: 'repeat',
  },
  {
    name: 'person',
    examples: PERSON_EXAMPLES,
    reply:
      'Nobody is free right now. Please call back from Monday to Friday between 9 and 6, ' +
      'or leave your ticket number with me.',
    action: 'call_transfer',
  },
  {
    name: 'interrupt',
    examples: INTERRUPT_EXAMPLES,
    reply: 'Of course. What would you like to know?',
  },
  {
    name: 'greeting',
    examples: GREETING_EXAMPLES,
    reply: 'Hello. How can I help you?',
  },
  {
    name: 'goodbye',
    examples: GOODBYE_EXAMPLES,
    reply: 'Thank you for calling. Goodbye.',
    action: 'end_call',
  },
  {
    name: 'thanks',
    examples: THANKS_EXAMPLES,
    reply: 'You are welcome. Is there anything else?',
  },
];
