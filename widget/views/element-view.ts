/** Chooses the view: the button, the hint, or the card with its content. */
import { html, type TemplateResult } from 'lit';
import { callView } from './call-view.js';
import { consentView, hintView, idleView } from './idle-view.js';
import { endedView, failedView } from './over-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

const IN_CARD = { consent: consentView, call: callView, ended: endedView, failed: failedView };

/** The view that `model.view` names. */
export function elementView(model: ViewModel, actions: ViewActions): TemplateResult {
  if (model.view === 'idle') return idleView(model, actions);
  if (model.view === 'hint') return hintView(model);
  return html`
    <section class="card" part="card" aria-label=${model.texts.region}>
      <slot name="header"></slot>
      ${IN_CARD[model.view](model, actions)}
      <slot name="footer"></slot>
    </section>
  `;
}
