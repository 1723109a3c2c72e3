/**
 * Sets the style sheets of a shadow root. Sheets must be created in the root's own document, which may be that of a
 * frame.
 */
import { css, supportsAdoptingStyleSheets, type CSSResult } from 'lit';
import type { Placement } from '../placement.js';
import { shellStyles } from './shell-styles.js';

const floating = css`
  :host {
    position: fixed;
    z-index: var(--dialnexa-z-index, 2147483000);
    max-width: calc(100vw - 2 * var(--_x));
  }
`;
const SIDES = {
  none: css`
    :host {
      display: none;
    }
  `,
  bottom: css`
    :host {
      bottom: var(--_y);
    }
  `,
  top: css`
    :host {
      top: var(--_y);
    }
  `,
  left: css`
    :host {
      left: var(--_x);
    }
  `,
  right: css`
    :host {
      right: var(--_x);
    }
  `,
};
const made = new WeakMap<Window, Map<CSSResult, CSSStyleSheet>>();

/**
 * Sets the styles of the element, of its `card` once that is there, and its placement; `none`: it is not drawn. The placement is set by sheets and not by an attribute: React
 * reports attributes that an element adds to server-rendered markup as an error.
 */
export function dress(
  root: ShadowRoot,
  placement: Placement | 'none',
  card: readonly CSSResult[] = [],
): void {
  const view = root.ownerDocument.defaultView;
  // A document without a window is not drawn.
  if (!view) return;
  const added = [...card, ...placeStyles(placement)];
  if (supportsAdoptingStyleSheets) {
    root.adoptedStyleSheets = [...shellStyles, ...added].map((one) => sheetIn(view, one));
    return;
  }
  root.querySelector('style[data-added]')?.remove();
  const style = document.createElement('style');
  style.dataset['added'] = '';
  style.textContent = added.join('');
  root.append(style);
}

function placeStyles(placement: Placement | 'none'): CSSResult[] {
  if (placement === 'inline') return [];
  const sides = placement.split('-').map((one) => SIDES[one as keyof typeof SIDES]);
  return [floating, ...sides];
}

function sheetIn(view: Window & typeof globalThis, style: CSSResult): CSSStyleSheet {
  if (view === window && style.styleSheet) return style.styleSheet;
  const sheets = made.get(view) ?? new Map<CSSResult, CSSStyleSheet>();
  made.set(view, sheets);
  let sheet = sheets.get(style);
  if (!sheet) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    sheets.set(style, sheet);
  }
  return sheet;
}
