/** Styles of what the card may stand in: a dialog, a sheet on phones, one line, one button. */
import { css } from 'lit';

/** A sheet keeps out of what a phone has at its edges. */
export const modes = css`
  dialog {
    width: fit-content;
    max-width: calc(100vw - 2 * var(--_x));
    margin: auto;
    padding: 0;
    overflow: visible;
    color: inherit;
    background: none;
    border: 0;
  }

  dialog::backdrop {
    background: #0a1412a6;
  }

  .head {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5em;
    margin-bottom: -0.25em;
  }

  .head select {
    width: auto;
    min-width: 0;
    margin: 0;
    margin-inline-end: auto;
    background: var(--_surface);
    border-color: var(--_border);
    border-radius: var(--_button-radius);
  }

  .only-icon,
  .controls .only-icon {
    flex: none;
    width: 44px;
    padding: 0;
  }

  .card.compact {
    gap: 0.625em;
    padding: 0.5em 0.75em;
    border-radius: min(var(--_button-radius), 2.25em);
  }

  .line {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  .compact .orb {
    --_rim: 7px;
    width: 44px;
    height: 44px;
  }

  .compact .state {
    font-size: 1em;
  }

  .toggle {
    max-width: 22em;
  }

  .toggle .banner {
    margin-top: 0.625em;
  }

  .call-button.danger {
    box-shadow: 0 10px 24px -12px var(--_danger);
  }

  .call-button .timer {
    color: inherit;
  }

  @media (max-height: 360px) {
    dialog {
      --_y: 4px;
      max-height: none;
    }
  }

  @media (max-width: 480px) {
    dialog {
      width: 100%;
      max-width: none;
      height: 100vh;
      height: 100dvh;
      max-height: none;
      margin: 0;
    }

    dialog .card {
      width: 100%;
      height: 100%;
      max-height: none;
      --_pad: max(1.25em, env(safe-area-inset-bottom));
      padding: max(1.25em, env(safe-area-inset-top)) max(1.25em, env(safe-area-inset-right))
        var(--_pad) max(1.25em, env(safe-area-inset-left));
      border: 0;
      border-radius: 0;
    }

    dialog .card.compact {
      justify-content: center;
    }

    dialog .transcript {
      flex: 1 1 auto;
    }

    dialog .actions {
      margin-top: auto;
    }
  }

  @media (forced-colors: active) {
    dialog::backdrop {
      background: Canvas;
    }
  }
`;
