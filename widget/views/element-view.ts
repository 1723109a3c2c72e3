/** Chooses the view, the hint or the card with its content, and puts the card into its frame. */
import { html, nothing, type TemplateResult } from 'lit';
import { announcement } from './announcement.js';
import { hintView, questionsView } from './before-view.js';
import { callView } from './call-view.js';
import { compactView } from './compact-view.js';
import { headView } from './head-view.js';
import { endedView, failedView } from './over-view.js';
import { toggleView } from './toggle-view.js';
import type { ViewActions, ViewModel, ViewName } from './view-model.js';

const IN_CARD = { before: questionsView, call: callView, ended: endedView, failed: failedView };

/** The view of this name. `button`: the call button, which keeps its place below a dialog. */
export function elementView(
  model: ViewModel,
  view: Exclude<ViewName, 'idle'>,
  actions: ViewActions,
  button: TemplateResult,
): TemplateResult {
  if (view === 'hint') return hintView(model);
  if (model.frame === 'toggle') return toggleView(model, actions);
  if (model.frame === 'card') return card(model, view, actions);
  const dismiss = (event: Event): void => {
    event.preventDefault();
    actions.dismiss();
  };
  // What is outside of a modal dialog is not read out: it has a status region of its own.
  return html`${button}
    <dialog
      part="dialog"
      aria-modal="true"
      aria-label=${model.texts.region}
      @cancel=${dismiss}
      @close=${dismiss}
    >
      ${card(model, view, actions)}
      <div class="sr" role="status">${announcement(model)}</div>
    </dialog>`;
}

function card(model: ViewModel, view: keyof typeof IN_CARD, actions: ViewActions): TemplateResult {
  const { texts, frame, isCompact } = model;
  const isLine = view === 'call' && isCompact;
  return html`
    <section
      class="card ${isLine ? 'compact' : ''}"
      part="card"
      lang=${texts.language}
      aria-label=${frame === 'modal' ? nothing : texts.region}
    >
      ${isLine ? nothing : headView(model, actions)}
      <slot name="header"></slot>
      ${isLine ? compactView(model, actions) : IN_CARD[view](model, actions)}
      <slot name="footer"></slot>
    </section>
  `;
}
