/** Chooses the view: the hint, or the card with its content. */
import { html, type TemplateResult } from 'lit';
import { hintView, questionsView } from './before-view.js';
import { callView } from './call-view.js';
import { endedView, failedView } from './over-view.js';
import type { ViewActions, ViewModel, ViewName } from './view-model.js';

const IN_CARD = { before: questionsView, call: callView, ended: endedView, failed: failedView };

/** The view of this name. */
export function elementView(
  model: ViewModel,
  view: Exclude<ViewName, 'idle'>,
  actions: ViewActions,
): TemplateResult {
  if (view === 'hint') return hintView(model);
  return html`
    <section class="card" part="card" lang=${model.texts.language} aria-label=${model.texts.region}>
      <slot name="header"></slot>
      ${IN_CARD[view](model, actions)}
      <slot name="footer"></slot>
    </section>
  `;
}
