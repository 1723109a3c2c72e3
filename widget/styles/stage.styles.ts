/**
 * Styles of the stage: the orb, which shows whether the agent listens, thinks or speaks, the agent's state and the
 * timer.
 */
import { css } from 'lit';

/** The orb follows `--_agent-level`, 0 to 1. */
export const stage = css`
  .stage {
    display: flex;
    align-items: center;
    gap: 0.875em;
    /* Three lines of the state, as narrow cards need. */
    min-height: 4.25em;
  }

  .stage-text {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
    border-radius: 0.25em;
  }

  .state {
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
  }

  .timer {
    color: var(--_text-soft);
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
    direction: ltr;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    white-space: nowrap;
  }

  .orb {
    --_rim: 9px;
    position: relative;
    flex: none;
    width: 64px;
    height: 64px;
  }

  .orb i,
  .orb b,
  .orb ::slotted(*) {
    position: absolute;
    inset: var(--_rim);
    border-radius: 50%;
  }

  /* Whatever the page says of its pictures. */
  .orb ::slotted(*) {
    width: calc(100% - 2 * var(--_rim)) !important;
    max-width: none !important;
    height: calc(100% - 2 * var(--_rim)) !important;
    margin: 0 !important;
    object-fit: cover;
  }

  .orb b {
    background:
      radial-gradient(circle at 32% 26%, #ffffffb3, #fff0 42%),
      radial-gradient(circle at 30% 30%, var(--_orb-from), var(--_orb-to) 78%);
    box-shadow: inset 0 -4px 10px #0003;
    transition: transform 0.12s ease-out;
  }

  .orb i {
    background: var(--_orb-from);
    opacity: 0.28;
    transition: transform 0.16s ease-out;
  }

  .orb i + i {
    opacity: 0.2;
    transition-duration: 0.28s;
  }

  .speaking i {
    transform: scale(calc(1 + 0.28 * min(1, var(--_agent-level, 0) * 1.6)));
  }

  .speaking i + i {
    transform: scale(calc(1 + 0.42 * min(1, var(--_agent-level, 0) * 1.6)));
  }

  .speaking b {
    transform: scale(calc(0.96 + 0.08 * var(--_agent-level, 0)));
  }

  .listening i:first-child {
    transform: scale(calc(1.08 + 0.3 * min(1, var(--_user-level, 0) * 1.6)));
  }

  .listening b {
    animation: breathe 3.6s ease-in-out infinite;
  }

  .thinking i {
    background: conic-gradient(from 0deg, transparent 35%, var(--_orb-to));
    opacity: 0.9;
    transform: scale(1.2);
    animation: turn 1.1s linear infinite;
  }

  .thinking i + i {
    display: none;
  }

  .starting i,
  .initializing i,
  .reconnecting i {
    animation: ripple 1.8s ease-out infinite;
  }

  .starting i + i,
  .initializing i + i,
  .reconnecting i + i {
    animation-delay: 0.9s;
  }

  .reconnecting b,
  .ending b,
  .gone b {
    filter: grayscale(0.85);
  }

  @keyframes breathe {
    50% {
      transform: scale(1.045);
    }
  }

  @keyframes turn {
    from {
      rotate: 0deg;
    }
    to {
      rotate: 360deg;
    }
  }

  @keyframes ripple {
    from {
      opacity: 0.45;
      transform: scale(0.9);
    }
    to {
      opacity: 0;
      transform: scale(1.42);
    }
  }

  @media (max-height: 360px) {
    .stage {
      min-height: 3em;
    }

    .stage .orb {
      --_rim: 7px;
      width: 44px;
      height: 44px;
    }
  }

  @media (forced-colors: active) {
    .orb b {
      border: 3px solid CanvasText;
    }

    .orb i {
      display: none;
    }
  }
`;
