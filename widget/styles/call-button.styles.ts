/** Styles of the call button, and of all buttons: at least 44 px to touch, with a visible focus ring. */
import { css } from 'lit';

/** Styles of what is there before a call. Busy it looks after a moment only: what is there soon must not flicker. */
export const callButton = css`
  .icon {
    display: block;
    flex: none;
    width: 1.375em;
    height: 1.375em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-width: 44px;
    min-height: 44px;
    margin: 0;
    padding: 0.5em 1.125em;
    font: inherit;
    font-weight: 600;
    line-height: 1.2;
    border: 1px solid transparent;
    border-radius: var(--_button-radius);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color 0.15s,
      filter 0.15s,
      transform 0.1s,
      box-shadow 0.15s;
  }

  button:active {
    transform: scale(0.975);
  }

  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .primary {
    color: var(--_accent-text);
    background: var(--_accent);
  }

  @media (hover: hover) {
    .primary:hover {
      filter: brightness(1.08);
    }
  }

  .call-button {
    min-height: 52px;
    padding: 0.625em 1.5em 0.625em 1.25em;
    padding-inline: 1.25em 1.5em;
    font-size: 1.0625em;
    box-shadow: 0 10px 24px -12px var(--_accent);
  }

  .call-button[aria-busy] {
    cursor: progress;
    filter: brightness(0.8);
    animation: busy 0.7s 0.3s infinite alternate backwards;
  }

  @keyframes busy {
    from {
      filter: none;
    }
  }

  .not-loaded {
    max-width: 20em;
    margin: 0.625em 0 0;
    padding: 0.625em 0.875em;
    font-size: 0.9375em;
    color: var(--_warning-text);
    background: var(--_warning);
    border-radius: calc(var(--_radius) * 0.6);
  }

  @media (forced-colors: active) {
    button,
    .not-loaded {
      border: 1px solid;
    }
  }
`;
