/** Styles of the card and its rows. */
import { css } from 'lit';

/** Of the card; it stands in the frame. */
export const layout = css`
  .card {
    --_gap: 1em;
    --_pad: 1.25em;
    display: flex;
    flex-direction: column;
    gap: var(--_gap);
    width: var(--dialnexa-width, 360px);
    max-width: 100%;
    padding: var(--_pad);
    scroll-margin: 0.75em;
    background: var(--_background);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
    overflow-wrap: anywhere;
    animation: enter 0.22s cubic-bezier(0.2, 0.9, 0.3, 1);
  }

  .floating > .card,
  dialog .card {
    max-height: calc(100vh - 2 * var(--_y));
    max-height: calc(100dvh - 2 * var(--_y));
    overflow-y: auto;
    /* What sticks to its edge keeps out of its padding. */
    --_edge: calc(0px - var(--_pad));
  }

  @keyframes enter {
    from {
      opacity: 0;
      transform: translateY(8px) scale(0.985);
    }
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625em;
  }

  .row > * {
    flex: 1 1 auto;
  }

  /* Of a call: at the lower edge of a card that scrolls, or of the window, while their place is out of sight. */
  .controls {
    position: sticky;
    bottom: var(--_edge, env(safe-area-inset-bottom));
    z-index: 2;
    margin: calc(0.25em - var(--_gap)) 0 calc(0px - var(--_pad));
    padding: calc(var(--_gap) - 0.25em) 0 var(--_pad);
    background: var(--_background);
  }

  .typing *,
  .devices *,
  .banner * {
    scroll-margin-bottom: 5em;
  }

  .heading {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.75em;
  }

  .title {
    margin: 0;
    font: inherit;
    font-size: 1.125em;
    font-weight: 650;
    line-height: 1.3;
  }

  p {
    margin: 0.25em 0 0;
    /* Of the page, or English, among words of another direction. */
    unicode-bidi: plaintext;
  }

  .soft {
    color: var(--_text-soft);
    font-size: 0.9375em;
  }

  .code {
    margin-top: 0.5em;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    color: var(--_text-soft);
    font:
      0.75em / 1.4 ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      monospace;
  }

  .details {
    display: grid;
    text-align: center;
  }

  .details .soft:not(:empty) {
    margin-top: 0.5em;
  }

  .consent-text {
    max-height: 12em;
    margin-top: 0.5em;
    overflow-y: auto;
    color: var(--_text-soft);
    font-size: 0.9375em;
    white-space: pre-line;
  }

  .panel.trouble {
    display: flex;
    gap: 0.75em;
  }

  .trouble > .icon {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    color: var(--_danger);
  }

  .hint,
  .banner {
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding: 0.75em 0.875em;
    color: var(--_warning-text);
    background: var(--_warning);
    border-radius: calc(var(--_radius) * 0.6);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }

  .banner {
    flex-wrap: wrap;
  }

  .banner > span {
    flex: 1 1 9em;
  }

  .notice {
    flex-wrap: nowrap;
  }

  .panel > .row {
    margin-top: 1.125em;
  }

  .hint {
    align-items: flex-start;
    max-width: 30em;
    border: 1px dashed currentColor;
  }

  .hint .icon {
    flex: none;
    margin-top: 0.05em;
  }

  @media (max-height: 480px) {
    .card {
      --_gap: 0.5em;
      --_pad: 0.75em;
    }
  }

  @media (max-width: 480px) {
    .floating > .card {
      width: calc(100vw - 2 * var(--_x));
    }
  }
`;
