/** Styles of what visitors fill in: the form before a call, the menu of the devices, the rating. */
import { css } from 'lit';

/** Controls are at least 44 px to touch, and 16 px of type, below which iOS zooms the page. */
export const forms = css`
  form,
  fieldset {
    /* Pages without a doctype, and fresh frames, give forms a margin. */
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .field,
  .devices label {
    display: block;
    margin-top: 0.75em;
  }

  .devices label:first-child {
    margin-top: 0;
  }

  .field label,
  .field > span,
  .devices span,
  legend {
    padding: 0;
    font-size: 0.9375em;
    font-weight: 600;
  }

  .field .soft {
    font-weight: 400;
  }

  .field input,
  .devices input,
  select,
  textarea {
    display: block;
    width: 100%;
    min-height: 44px;
    margin: 0.25em 0 0;
    padding: 0.5em 0.75em;
    font: inherit;
    font-size: max(16px, 1em);
    /* At the side where its label is, whatever is written into it. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    color: var(--_text);
    background: var(--_background);
    border: 1px solid var(--_text-soft);
    border-radius: calc(var(--_radius) * 0.5);
  }

  .devices input {
    padding: 0;
    accent-color: var(--_accent);
  }

  textarea {
    resize: vertical;
  }

  [aria-invalid] {
    border-color: var(--_danger);
  }

  .fault {
    color: var(--_danger);
    font-size: 0.9375em;
  }

  a {
    display: inline-block;
    padding: 0.75em 0;
    color: inherit;
    font-weight: 600;
  }

  .typing {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  .typing .text-box {
    flex: 1;
    min-width: 0;
  }

  .devices-button {
    flex: none;
    padding: 0;
  }

  .devices {
    padding: 0.875em;
    background: var(--_surface);
    border-radius: calc(var(--_radius) * 0.6);
  }

  .mark {
    position: relative;
    display: inline-grid;
    place-items: center;
    width: 44px;
    height: 44px;
    color: var(--_text-soft);
    border-radius: 50%;
    cursor: pointer;
  }

  /* Its picture stands below the heading; it is touched around it. */
  legend + .mark {
    margin-inline-start: calc((1.375em - 44px) / 2);
  }

  .mark input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .mark:focus-within:has(:focus-visible) {
    outline: 3px solid var(--_focus);
  }

  .mark.on {
    color: var(--_accent);
  }

  .mark.on .icon {
    fill: currentColor;
  }

  .thumbs.down .icon {
    transform: rotate(180deg);
  }

  .rating > button {
    margin-top: 0.75em;
  }

  @media (forced-colors: active) {
    .mark.on {
      forced-color-adjust: none;
      color: Highlight;
    }
  }
`;
