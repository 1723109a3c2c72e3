/** The styles of the card, which come with its code. */
import type { CSSResult } from 'lit';
import { buttons } from './buttons.styles.js';
import { cardTokens } from './card-tokens.styles.js';
import { forms } from './forms.styles.js';
import { layout } from './layout.styles.js';
import { modes } from './modes.styles.js';
import { stage } from './stage.styles.js';
import { transcript } from './transcript.styles.js';

/** The style sheets of the card. */
export const cardStyles: readonly CSSResult[] = [
  cardTokens,
  layout,
  buttons,
  forms,
  stage,
  transcript,
  modes,
];
