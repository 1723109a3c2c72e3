/** The list. */
import { css } from 'lit';

/** A table that becomes scrollable where it is too wide. */
export const listStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  :host([hidden]) {
    display: none;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }

  .span {
    display: flex;
    align-items: center;
    gap: 0.5rem;
  }

  @media (max-width: 640px) {
    .filters,
    .span,
    select {
      width: 100%;
    }

    input {
      flex: 1;
      min-width: 0;
    }
  }

  .table {
    padding: 0;
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.7rem 1rem;
    text-align: start;
    vertical-align: middle;
  }

  th {
    color: var(--soft);
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
  }

  tbody tr {
    position: relative;
    border-top: 1px solid var(--line);
  }

  tbody tr:hover,
  tbody tr:focus-within {
    background: color-mix(in srgb, var(--accent), transparent 94%);
  }

  td a {
    color: inherit;
    font-weight: 600;
    text-decoration: none;
  }

  td a::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  td a:focus-visible {
    outline: none;
  }

  td a:focus-visible::after {
    outline: 3px solid var(--accent);
    outline-offset: -3px;
  }

  .why {
    min-width: 14rem;
  }

  .stands-out {
    display: block;
    color: var(--soft);
    font-size: 0.8125rem;
  }

  .empty {
    padding: 3rem 1rem;
    text-align: center;
  }

  .more {
    justify-self: center;
  }

  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
