/** The texts of the element that a version may replace: those that stand alone, under their names in snake_case. */
import { z } from '@hono/zod-openapi';
import { component } from './component.js';

/** Characters. */
const LONGEST = 300;

const TEXTS = {
  call_again: 'The button that starts the next call.',
  cancel: 'The button that cancels the start of a call.',
  hang_up: 'The button that ends the call.',
  mute: 'The button that mutes the microphone.',
  unmute: 'The same button while the microphone is muted.',
  muted: 'Tells visitors that they are muted.',
  close: 'The button that goes back to the call button.',
  try_again: 'The button that starts again after an error.',
  try_again_in:
    'The next step of a call that came too soon; `{time}` stands for when it may be tried again.',
  type_instead: 'Calls without a microphone, where none was found.',
  you: 'The visitor in the transcript, for screen readers.',
  agent: 'The agent in the transcript, for screen readers.',
  conversation: 'Name of the transcript, for screen readers.',
  conversation_empty: 'Shown in an empty transcript.',
  text_label: 'Name of the text box, for screen readers.',
  text_placeholder: 'Shown in the empty text box.',
  send: 'The button of the text box, and of the rating.',
  connected: 'Read out when the call is connected.',
  reconnecting: 'While the connection is being made again.',
  interrupted: 'Beside it: why.',
  ending: 'While the call is being ended.',
  sound_blocked: 'The browser holds back the sound.',
  enable_sound: 'The button that turns it on.',
  ended: 'Title of a call that has ended.',
  failed: 'Title of a call that did not work.',
  duration: 'Label before the duration of a call.',
  consent_title: 'Title of what is asked before a call.',
  agree: 'The button that agrees, and starts the call.',
  decline: 'The button that goes back from these questions.',
  start_call: 'The button that starts the call from a form without consent.',
  optional: 'Behind the label of a field that may stay empty.',
  choose: 'The first entry of a list to choose from.',
  rate: 'The question of the rating after a call.',
  comment: 'Label of the comment beside a rating.',
  thanks: 'After the rating was sent.',
  devices: 'The button that opens the menu of the devices.',
  microphone: 'Label of the list of microphones.',
  speaker: 'Label of the list of speakers.',
  volume: 'Label of the volume.',
  silent_microphone: 'Nothing is heard of the visitor.',
  choose_microphone: 'The button beside it that opens the menu of the devices.',
  allow_in_system: 'How a microphone is allowed that the system refuses to the browser.',
  starts_by_itself: 'The call starts once the microphone is allowed.',
  framed: 'The page is inside another one, which may forbid the microphone.',
  open_alone: 'The link that opens the page on its own.',
  tell_owner: 'The next step where only the owner of the page can mend it.',
  copy_details: 'The button that copies the facts of a failed call.',
  copied: 'They were copied.',
  region: 'Name of the region of the call, for screen readers.',
  language_menu: 'Name of the list of languages.',
  expand: 'The button that makes a small card large again.',
  minimise: 'The button that makes it small.',
} as const;
type TextName = keyof typeof TEXTS;

const text = z.string().trim().min(1).max(LONGEST);

/** Those of one language. */
export const widgetTexts = component(
  'WidgetTexts',
  "Texts of the element: its property `texts` has the same names in camelCase. At most 300 characters each. Those of states, end reasons and errors are the page's.",
  z.strictObject(
    Object.fromEntries(
      Object.entries(TEXTS).map(([name, what]) => [
        name,
        text.optional().describe(`${what} At most ${LONGEST} characters.`),
      ]),
    ) as Record<TextName, z.ZodOptional<typeof text>>,
  ),
);
