/** The icon of the call button, and how icons are made. */
import { svg, type SVGTemplateResult } from 'lit';

/** An icon of 24 by 24, hidden from screen readers. */
export function icon(paths: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;
}

/** Four bars of a voice, on the call button. */
export const waveIcon = icon(svg`<path d="M4 10v4M8.5 6.5v11M13 3.5v17M17.5 8v8M21.5 10.5v3" />`);
