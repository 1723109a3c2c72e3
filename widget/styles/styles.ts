/** All styles of the element, as sheets that a strict content security policy allows. */
import type { CSSResult } from 'lit';
import { buttons } from './buttons.styles.js';
import { layout } from './layout.styles.js';
import { stage } from './stage.styles.js';
import { tokens } from './tokens.styles.js';
import { transcript } from './transcript.styles.js';

/** Tokens first. */
export const styles: CSSResult[] = [tokens, layout, buttons, stage, transcript];
