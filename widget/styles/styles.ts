/** All styles of the element, as constructed sheets, which a strict Content Security Policy allows. */
import type { CSSResult } from 'lit';
import { buttons } from './buttons.styles.js';
import { layout } from './layout.styles.js';
import { stage } from './stage.styles.js';
import { tokens } from './tokens.styles.js';
import { transcript } from './transcript.styles.js';

/** All style sheets; tokens come first. */
export const styles: CSSResult[] = [tokens, layout, buttons, stage, transcript];
