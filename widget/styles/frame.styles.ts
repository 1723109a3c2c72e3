/** Styles of the host, its floating corner, and what everything inside stands in. */
import { css } from 'lit';

/** Uses logical properties, so that right-to-left pages need nothing else. */
export const frame = css`
  :host {
    display: inline-block;
    box-sizing: border-box;
    max-width: 100%;
    vertical-align: top;
    /* What is drawn through blocks is not inherited, and cannot be reset inside. */
    text-decoration: none !important;
    --_x: max(
      var(--dialnexa-offset-x, 20px),
      env(safe-area-inset-left),
      env(safe-area-inset-right)
    );
    --_y: max(var(--dialnexa-offset-y, 20px), env(safe-area-inset-bottom));
  }

  :host([hidden]) {
    display: none;
  }

  .root {
    display: block;
    font: var(--dialnexa-font-size, 16px) / 1.45
      var(--dialnexa-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (max-width: 480px) {
    :host {
      --_x: max(12px, env(safe-area-inset-left), env(safe-area-inset-right));
      --_y: max(12px, env(safe-area-inset-bottom));
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
