/** Styles of the transcript: turns on two sides. */
import { css } from 'lit';

/** Scrolls to the newest turn, and by keyboard. */
export const transcript = css`
  .transcript {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 0.5em;
    /* The card should fit into a low window. */
    height: clamp(88px, 100vh - var(--_rest, 18em), var(--dialnexa-transcript-height, 200px));
    min-height: 88px;
    flex-shrink: 1;
    padding: 0.75em;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    background: var(--_surface);
    border-radius: calc(var(--_radius) * 0.7);
  }

  .card:has(.devices) {
    --_rest: 36em;
  }

  @media (max-height: 480px) {
    .transcript {
      min-height: 60px;
    }
  }

  /* Next to nothing, for the text box to be whole. */
  @media (max-height: 360px) {
    .transcript {
      min-height: 44px;
    }
  }

  /* What is scrolled out fades, so that half a turn does not look like a broken one. */
  .transcript::before {
    content: '';
    position: sticky;
    top: -0.75em;
    z-index: 1;
    flex: none;
    height: 1.5em;
    margin: -0.75em -0.75em -1.25em;
    background: linear-gradient(var(--_surface) 25%, transparent);
    pointer-events: none;
  }

  /* Where browsers can tell: nothing fades while nothing is scrolled out. */
  @supports (animation-timeline: scroll()) {
    .transcript::before {
      opacity: 0;
      animation: fade linear both;
      animation-timeline: scroll(nearest);
      animation-range: 0 1.5em;
    }
  }

  @keyframes fade {
    to {
      opacity: 1;
    }
  }

  .turns {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
  }

  .empty {
    margin: auto;
    text-align: center;
  }

  .turn {
    position: relative;
    max-width: 86%;
    padding: 0.5em 0.8125em;
    border-radius: 1.05em;
    font-size: 0.9375em;
    animation: enter 0.18s ease-out;
  }

  .turn bdi {
    display: block;
  }

  .turn.agent {
    align-self: flex-start;
    color: var(--_turn-agent-text);
    background: var(--_turn-agent);
    border-end-start-radius: 0.3em;
  }

  .turn.user {
    align-self: flex-end;
    color: var(--_turn-user-text);
    background: var(--_turn-user);
    border-end-end-radius: 0.3em;
  }

  .turn.interim {
    font-style: italic;
    background: none;
    color: var(--_text-soft);
    box-shadow: inset 0 0 0 1px var(--_border);
  }
`;
