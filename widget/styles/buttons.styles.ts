/** Styles of buttons, text box and icons: at least 44 px to touch, with a visible focus ring. */
import { css } from 'lit';

/** Styles of everything that can be pressed or typed into. */
export const buttons = css`
  .icon .solid {
    fill: currentColor;
    stroke: none;
  }

  .controls button {
    padding-inline: 0.75em;
  }

  .danger {
    color: var(--_danger-text);
    background: var(--_danger);
  }

  .quiet {
    border-color: var(--_border);
  }

  @media (hover: hover) {
    .danger:hover {
      filter: brightness(1.08);
    }

    .quiet:not(.off):hover {
      background: color-mix(in srgb, var(--_surface), var(--_text) 6%);
    }
  }

  .small {
    padding: 0.375em 0.875em;
    font-size: 0.9375em;
  }

  /* Whatever it looks like else: what it says stays to be read. */
  button[aria-disabled='true'],
  button[aria-disabled='true']:hover {
    color: var(--_text-soft);
    background: var(--_surface);
    border-color: var(--_border);
    cursor: default;
    filter: none;
    box-shadow: none;
  }

  button[aria-disabled='true']:active {
    transform: none;
  }

  .off {
    color: var(--_background);
    background: var(--_text);
    border-color: var(--_text);
  }

  .off .meter {
    opacity: 0.4;
  }

  .either {
    display: inline-grid;
  }

  .either > * {
    grid-area: 1 / 1;
  }

  .other {
    visibility: hidden;
  }

  .meter {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    height: 1.25em;
  }

  .meter i {
    width: 3px;
    height: 100%;
    border-radius: 2px;
    background: var(--_accent);
    transform: scaleY(clamp(0.18, calc(var(--_user-level, 0) * var(--_gain, 1.6)), 1));
    transition: transform 0.1s linear;
  }

  .meter i:nth-child(2) {
    --_gain: 2.4;
  }

  .meter i:nth-child(3) {
    --_gain: 2;
  }

  .meter i:nth-child(4) {
    --_gain: 1.2;
  }

  .text-box {
    display: flex;
    align-items: center;
    gap: 0.25em;
    padding: 3px;
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: min(var(--_button-radius), 27px);
  }

  /* Where it will be, once there is a call. */
  .text-box.place {
    flex: none;
    height: 52px;
    padding-inline: 1.125em;
    color: var(--_text-soft);
  }

  .text-box:focus-within {
    border-color: var(--_focus);
    box-shadow: 0 0 0 2px color-mix(in srgb, var(--_focus), transparent 70%);
  }

  .text-box input {
    flex: 1;
    min-width: 0;
    min-height: 44px;
    padding: 0 0.875em;
    text-overflow: ellipsis;
    /* Below 16 px, iOS zooms the page when the input takes the focus. */
    font: inherit;
    font-size: max(16px, 1em);
    text-align: -webkit-match-parent;
    text-align: match-parent;
    color: inherit;
    background: none;
    border: 0;
    outline: none;
  }

  .text-box input::placeholder {
    color: var(--_text-soft);
    opacity: 1;
  }

  .send {
    flex: none;
    width: 44px;
    padding: 0;
    color: var(--_accent-text);
    background: var(--_accent);
  }

  @media (max-width: 360px) {
    .meter {
      display: none;
    }

    .text-box input {
      padding: 0 0.375em;
    }

    .text-box.place {
      padding-inline: 0.625em;
    }
  }

  @media (forced-colors: active) {
    .card,
    .text-box,
    .turn,
    .banner,
    .hint {
      border: 1px solid;
    }

    button[aria-disabled='true'],
    button[aria-disabled='true']:hover {
      color: GrayText;
      border-color: GrayText;
    }

    .off:not([aria-disabled='true']) {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }

    .meter i {
      background: CanvasText;
    }

    .text-box:focus-within {
      outline: 3px solid Highlight;
    }
  }
`;
