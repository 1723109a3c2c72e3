/** The call in one line: what the agent is doing, the time, mute and hang up. */
import { html, nothing, type TemplateResult } from 'lit';
import { expandIcon } from '../icons.js';
import { hangUpButton, headline, muteButton, orb, timer } from './call-parts.js';
import { banners } from './call-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** A dialog that was put away may be opened again, and the focus is on that; else it is where no key does anything. */
export function compactView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { texts, isMinimised } = model;
  return html`
    <div class="line" part="stage">
      ${orb(model)}
      <div class="stage-text" tabindex="-1" ?data-primary=${!isMinimised}>
        ${headline(model)} ${timer(model)}
      </div>
      <div class="line" part="controls">
        ${
          isMinimised
            ? html`<button
                class="quiet only-icon"
                part="expand"
                type="button"
                data-primary
                aria-label=${texts.expand}
                title=${texts.expand}
                @click=${actions.expand}
              >
                ${expandIcon}
              </button>`
            : nothing
        }
        ${muteButton(model, actions, 'only-icon')} ${hangUpButton(model, actions, 'only-icon')}
      </div>
    </div>
    ${banners(model, actions)}
  `;
}
