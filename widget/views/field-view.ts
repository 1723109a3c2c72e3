/** One field of the form before a call: its label, its control, and what is wrong with its value. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CallField } from '../call-field.js';
import type { FieldFault, Texts } from '../texts/texts.js';
import type { ViewActions } from './view-model.js';

/** What a phone number may be made of. The browser takes the pattern with its flag `v`. */
const TEL = '[+0-9][0-9 \\(\\)\\/.\\-]{2,}';
const LONGEST: Partial<Record<string, number>> = { email: 254, tel: 40 };

/** The control is named by its place: the name of a field may be any text. `language`: that of its label. */
export function fieldView(
  { name, label, type = 'text', required = false, options = [] }: CallField,
  at: number,
  fault: FieldFault | undefined,
  language: string | typeof nothing,
  texts: Texts,
  actions: ViewActions,
): TemplateResult {
  const id = `field-${at}`;
  const invalid = fault ? 'true' : nothing;
  const described = fault ? `${id}-fault` : nothing;
  const mend = (): void => actions.mend(name);
  const control =
    type === 'select'
      ? html`<select
          id=${id}
          part="field-input"
          name=${id}
          ?required=${required}
          ?data-primary=${at === 0}
          aria-invalid=${invalid}
          aria-describedby=${described}
          @change=${mend}
        >
          <option value="">${texts.choose}</option>
          ${options.map((option) => html`<option value=${option} dir="auto">${option}</option>`)}
        </select>`
      : html`<input
          id=${id}
          part="field-input"
          name=${id}
          type=${type}
          maxlength=${LONGEST[type] ?? 2000}
          step=${type === 'number' ? 'any' : nothing}
          pattern=${type === 'tel' ? TEL : nothing}
          autocomplete=${type === 'email' || type === 'tel' ? type : nothing}
          dir=${type === 'text' ? 'auto' : 'ltr'}
          ?required=${required}
          ?data-primary=${at === 0}
          aria-invalid=${invalid}
          aria-describedby=${described}
          @input=${mend}
        />`;
  return html`
    <div class="field" part="field">
      <label for=${id}>
        <bdi lang=${language}>${label}</bdi>
        ${required ? nothing : html`<span class="soft">${texts.optional}</span>`}
      </label>
      ${control}
      ${
        fault
          ? html`<p class="fault" part="field-fault" id=${`${id}-fault`}>
              ${texts.fieldFaults[fault]}
            </p>`
          : nothing
      }
    </div>
  `;
}
