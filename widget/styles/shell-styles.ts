/** The styles of the button, as constructed sheets, which a strict Content Security Policy allows. */
import type { CSSResult } from 'lit';
import { callButton } from './call-button.styles.js';
import { frame } from './frame.styles.js';
import { tokens } from './tokens.styles.js';

/** The style sheets that are there before a call; tokens come first. */
export const shellStyles: CSSResult[] = [tokens, frame, callButton];
