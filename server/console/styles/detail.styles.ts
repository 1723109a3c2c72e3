/** One call. */
import { css } from 'lit';

/** Two columns where there is room. */
export const detailStyles = css`
  :host {
    display: grid;
    gap: 1.25rem;
  }

  .names {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
  }

  .why {
    margin: 0.75rem 0 0;
    font-size: 1.125rem;
    font-weight: 600;
  }

  .why .mono {
    font-weight: 400;
  }

  .told {
    max-width: 75ch;
    margin-top: 0.5rem;
  }

  .findings {
    gap: 0.5rem;
    margin-top: 1rem;
  }

  .finding {
    display: grid;
    grid-template-columns: 5.5rem minmax(0, 1fr);
    gap: 0.25rem 0.75rem;
    padding: 0.7rem 0.9rem;
    background: var(--card);
    border: 1px solid var(--line);
    border-inline-start: 4px solid var(--mark);
    border-radius: 10px;
  }

  .finding.fault {
    --mark: var(--bad);
  }

  .finding.warning {
    --mark: var(--warn);
  }

  .finding.info {
    --mark: var(--live);
  }

  .severity {
    color: var(--mark);
    font-weight: 600;
  }

  .remedy {
    margin-top: 0.2rem;
    font-size: 0.875rem;
  }

  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 1px;
    margin: 1.25rem 0 0;
    overflow: hidden;
    background: var(--line);
    border: 1px solid var(--line);
    border-radius: 14px;
  }

  .figures > div {
    flex: 1 1 min(11rem, 40%);
    padding: 0.75rem 1rem;
    background: var(--card);
  }

  dt {
    color: var(--soft);
    font-size: 0.8125rem;
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .figures dd {
    font-weight: 600;
    white-space: normal;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    align-items: start;
    gap: 1.25rem;
  }

  .column {
    display: grid;
    gap: 1.25rem;
    min-width: 0;
  }

  section.card {
    display: grid;
    gap: 0.75rem;
  }

  ol,
  ul {
    display: grid;
    gap: 0.625rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .turn {
    max-width: 88%;
    padding: 0.6rem 0.9rem;
    border-radius: 14px;
    background: var(--paper);
  }

  .turn.agent {
    border-end-start-radius: 4px;
  }

  .turn.user {
    justify-self: end;
    background: color-mix(in srgb, var(--accent), var(--card) 86%);
    border-end-end-radius: 4px;
  }

  .turn-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    font-size: 0.8125rem;
  }

  .at {
    min-height: 28px;
    padding: 0 0.5rem;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    background: none;
    border-color: transparent;
  }

  .at:hover {
    border-color: var(--line);
  }

  .notes {
    margin-top: 0.2rem;
    font-size: 0.8125rem;
  }

  .timeline li {
    display: grid;
    grid-template-columns: 5.5rem minmax(0, 1fr);
    gap: 0.75rem;
  }

  .timeline time {
    text-align: end;
  }

  .finding .at {
    float: inline-end;
  }

  .facts {
    display: grid;
    grid-template-columns: minmax(6rem, auto) minmax(0, 1fr);
    gap: 0.4rem 1rem;
    margin: 0;
  }

  .facts dt {
    line-height: 1.75;
  }

  audio {
    width: 100%;
  }

  blockquote {
    margin: 0;
    padding-inline-start: 0.9rem;
    border-inline-start: 3px solid var(--line);
    white-space: pre-line;
  }

  summary {
    min-height: 32px;
    cursor: pointer;
    color: var(--accent);
    font-weight: 600;
  }

  pre {
    max-height: 24rem;
    margin: 0.5rem 0 0;
    padding: 0.75rem;
    overflow: auto;
    background: var(--paper);
    border-radius: 10px;
  }

  @media (max-width: 520px) {
    .finding {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @media (max-width: 860px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
