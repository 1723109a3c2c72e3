/** Design tokens of the card, on top of those of the button. */
import { css } from 'lit';

const dark = css`
  --_danger: var(--dialnexa-danger, #f2637a);
  --_danger-text: var(--dialnexa-danger-text, #2b0209);
  --_background: var(--dialnexa-background, #121b1a);
  --_surface: var(--dialnexa-surface, #1b2725);
  --_text: var(--dialnexa-text, #e9f2f0);
  --_text-soft: var(--dialnexa-text-soft, #a6bab6);
  --_border: var(--dialnexa-border, #2c3c39);
  --_turn-user: var(--dialnexa-turn-user, #17594f);
  --_turn-user-text: var(--dialnexa-turn-user-text, #eafffa);
  --_turn-agent: var(--dialnexa-turn-agent, #263532);
  --_orb-to: var(--dialnexa-orb-to, #0d9488);
  --_shadow: var(--dialnexa-shadow, 0 1px 2px #0006, 0 16px 48px -12px #000a);
`;

/** What the card and everything that can be pressed in it are coloured with. */
export const cardTokens = css`
  .root {
    --_danger: var(--dialnexa-danger, #c2263b);
    --_danger-text: var(--dialnexa-danger-text, #ffffff);
    --_background: var(--dialnexa-background, #ffffff);
    --_surface: var(--dialnexa-surface, #f1f5f4);
    --_text: var(--dialnexa-text, #10211f);
    --_text-soft: var(--dialnexa-text-soft, #4b5f5c);
    --_border: var(--dialnexa-border, #d5dfdd);
    --_turn-user: var(--dialnexa-turn-user, var(--_accent));
    --_turn-user-text: var(--dialnexa-turn-user-text, var(--_accent-text));
    --_turn-agent: var(--dialnexa-turn-agent, #ffffff);
    --_turn-agent-text: var(--dialnexa-turn-agent-text, var(--_text));
    --_orb-from: var(--dialnexa-orb-from, #5eead4);
    --_orb-to: var(--dialnexa-orb-to, #0f766e);
    --_shadow: var(--dialnexa-shadow, 0 1px 2px #10211f14, 0 16px 40px -16px #10211f3d);
    color: var(--_text);
  }

  .root.dark {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    .root:not(.light) {
      ${dark}
    }
  }

  button {
    color: var(--_text);
    background: var(--_surface);
  }
`;
