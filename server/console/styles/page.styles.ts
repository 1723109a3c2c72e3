/** The page itself and what all elements of the console share. */
import { css } from 'lit';

/** For the document. */
export const pageSheet = css`
  :root {
    color-scheme: light dark;
    --ink: #10211f;
    --soft: #4b5f5c;
    --paper: #f4f7f6;
    --card: #ffffff;
    --line: #dbe4e2;
    --accent: #0f766e;
    --accent-text: #ffffff;
    --good: #0b6b3a;
    --good-paper: #dcf3e5;
    --bad: #a81d31;
    --bad-paper: #fbe3e6;
    --warn: #8a5300;
    --live: #0a5f8f;
    --live-paper: #dbeefa;
    --calm-paper: #e8eeed;
  }

  @media (prefers-color-scheme: dark) {
    :root {
      --ink: #e9f1ef;
      --soft: #a3b8b4;
      --paper: #0d1514;
      --card: #141f1d;
      --line: #273634;
      --accent: #5eead4;
      --accent-text: #06201d;
      --good: #86e0ad;
      --good-paper: #12331f;
      --bad: #ff9aa8;
      --bad-paper: #3d151b;
      --warn: #f2c063;
      --live: #8fd0f5;
      --live-paper: #10304a;
      --calm-paper: #22302e;
    }
  }

  body {
    margin: 0;
    background: var(--paper);
    color: var(--ink);
    font:
      15px/1.5 system-ui,
      -apple-system,
      'Segoe UI',
      sans-serif;
  }
`;

/** For every element of the console. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2 {
    margin: 0;
    font-size: 1.5rem;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }

  h2 {
    font-size: 1rem;
  }

  p {
    margin: 0;
  }

  a {
    color: var(--accent);
  }

  .soft {
    color: var(--soft);
  }

  .mono {
    font:
      0.8125rem/1.5 ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      monospace;
    overflow-wrap: anywhere;
  }

  .number {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .card {
    padding: 1.125rem 1.25rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 14px;
  }

  button,
  input,
  select {
    min-height: 40px;
    padding: 0 0.75rem;
    font: inherit;
    color: inherit;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 10px;
  }

  button {
    font-weight: 600;
    cursor: pointer;
  }

  button.primary {
    color: var(--accent-text);
    background: var(--accent);
    border-color: transparent;
  }

  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }

  .badge {
    display: inline-block;
    padding: 0.1rem 0.6rem;
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
    border-radius: 99px;
    background: var(--calm-paper);
  }

  .badge.completed {
    color: var(--good);
    background: var(--good-paper);
  }

  .badge.failed,
  .badge.no_answer {
    color: var(--bad);
    background: var(--bad-paper);
  }

  .badge.created,
  .badge.initiated,
  .badge.received {
    color: var(--live);
    background: var(--live-paper);
  }

  .trouble {
    padding: 0.75rem 1rem;
    color: var(--bad);
    background: var(--bad-paper);
    border-radius: 10px;
  }
`;
