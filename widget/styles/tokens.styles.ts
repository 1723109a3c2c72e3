/** Design tokens of the button: the public `--dialnexa-…` properties with their defaults, light and dark. */
import { css } from 'lit';

const dark = css`
  --_accent: var(--dialnexa-accent, #5eead4);
  --_accent-text: var(--dialnexa-accent-text, #06201d);
  --_warning: var(--dialnexa-warning, #33290f);
  --_warning-text: var(--dialnexa-warning-text, #f6dfa4);
  color-scheme: dark;
`;

/**
 * Set on the root inside the shadow tree, and reset there: styles that the page inherits or forces on every element do
 * not reach it. Inherited on purpose: text direction and visibility.
 */
export const tokens = css`
  .root {
    all: initial;
    visibility: inherit;
    --_accent: var(--dialnexa-accent, #0f766e);
    --_accent-text: var(--dialnexa-accent-text, #ffffff);
    --_warning: var(--dialnexa-warning, #fdf3d8);
    --_warning-text: var(--dialnexa-warning-text, #593c04);
    --_focus: var(--dialnexa-focus, var(--_accent));
    --_radius: var(--dialnexa-radius, 20px);
    --_button-radius: var(--dialnexa-button-radius, 999px);
    color-scheme: light;
  }

  .root.dark {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    .root:not(.light) {
      ${dark}
    }
  }
`;
