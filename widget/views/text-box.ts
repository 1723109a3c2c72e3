/** A line to type into instead of speaking. */
import { html, type TemplateResult } from 'lit';
import { sendIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** What was typed stays in the box until it was sent. */
export function textBox({ texts, state }: ViewModel, actions: ViewActions): TemplateResult {
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('text');
    if (!(input instanceof HTMLInputElement) || !input.value.trim()) return;
    const { value } = input;
    if ((await actions.sendText(value)) && input.value === value) input.value = '';
  };
  return html`
    <form class="text-box" part="text-box" @submit=${submit}>
      <input
        part="text-input"
        name="text"
        type="text"
        autocomplete="off"
        enterkeyhint="send"
        maxlength="2000"
        dir="auto"
        aria-label=${texts.textLabel}
        placeholder=${texts.textPlaceholder}
      />
      <button
        class="send"
        part="send"
        type="submit"
        aria-label=${texts.send}
        ?disabled=${state.status !== 'active'}
      >
        ${sendIcon}
      </button>
    </form>
  `;
}
