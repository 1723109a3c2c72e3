/** The head of the card: the list of languages, and the button that puts a dialog away. */
import { html, nothing, type TemplateResult } from 'lit';
import { minimiseIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** Nothing where there is nothing to choose. */
export function headView(
  { view, frame, languages, texts }: ViewModel,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  const choose = (event: Event): void =>
    actions.speak((event.currentTarget as HTMLSelectElement).value);
  const mayMinimise = frame === 'modal' && view === 'call';
  if (languages.length < 2 && !mayMinimise) return nothing;
  return html`
    <div class="head">
      ${
        languages.length < 2
          ? nothing
          : html`<select part="language-menu" aria-label=${texts.languageMenu} @change=${choose}>
              ${languages.map(
                ({ tag, name, isSpoken }) =>
                  html`<option value=${tag} lang=${tag} dir="auto" .selected=${isSpoken}>
                    ${name}
                  </option>`,
              )}
            </select>`
      }
      ${
        mayMinimise
          ? html`<button
              class="quiet only-icon"
              part="minimise"
              type="button"
              aria-label=${texts.minimise}
              title=${texts.minimise}
              @click=${actions.dismiss}
            >
              ${minimiseIcon}
            </button>`
          : nothing
      }
    </div>
  `;
}
