/** The rating of a call that has ended: stars or thumbs, then a comment, then thanks. */
import { html, nothing, type TemplateResult } from 'lit';
import { starIcon, thumbIcon } from '../icons.js';
import type { Mark } from '../texts/texts.js';
import { errorText } from './error-text.js';
import type { Rating, ViewActions, ViewModel } from './view-model.js';

const MARKS: Record<Rating['kind'], readonly Mark[]> = { stars: [1, 2, 3, 4, 5], thumbs: [1, 5] };

/** Nothing, where the call is not to be rated. */
export function ratingView(
  model: ViewModel,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  const { texts, rating, notice } = model;
  if (!rating) return nothing;
  if (rating.isSent) {
    return html`<p class="thanks" part="thanks" role="status" tabindex="-1">${texts.thanks}</p>`;
  }
  const { kind, mark } = rating;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const comment = (event.currentTarget as HTMLFormElement).querySelector('textarea');
    actions.rate(comment?.value.trim() ?? '');
  };
  const said = notice && errorText(notice, texts);
  return html`
    <form class="rating" part="rating" @submit=${submit}>
      <fieldset role="radiogroup" aria-labelledby="rate">
        <legend id="rate">${texts.rate}</legend>
        ${MARKS[kind].map(
          (one) => html`
            <label
              class="mark ${kind} ${isOn(kind, one, mark) ? 'on' : ''} ${one === 1 ? 'down' : ''}"
              part="mark"
              title=${texts.marks[one]}
            >
              <input
                type="radio"
                name="mark"
                value=${one}
                .checked=${one === mark}
                aria-label=${texts.marks[one]}
                @change=${() => actions.choose(one)}
              />
              ${kind === 'stars' ? starIcon : thumbIcon}
            </label>
          `,
        )}
      </fieldset>
      ${
        mark === null
          ? nothing
          : html`<label class="field">
                <span>${texts.comment}</span>
                <textarea part="comment" rows="2" maxlength="2000" dir="auto"></textarea>
              </label>
              <button class="primary small" part="send-rating" type="submit">${texts.send}</button>`
      }
      ${said ? html`<p class="fault" role="alert" lang=${said.message.lang}>${said.message.text}</p>` : nothing}
    </form>
  `;
}

/** A star shines up to the chosen one, a thumb alone. */
function isOn(kind: Rating['kind'], one: Mark, mark: Mark | null): boolean {
  return mark !== null && (kind === 'stars' ? one <= mark : one === mark);
}
