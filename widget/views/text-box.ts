/** The text box, for typing instead of speaking. */
import { html, type TemplateResult } from 'lit';
import { sendIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** Forms whose text is being sent: pressing Enter again must not send it twice. */
const sending = new WeakSet<HTMLFormElement>();

/** The text box. A text stays in it until it was sent, also when the call ends. */
export function textBox({ texts, state, draft }: ViewModel, actions: ViewActions): TemplateResult {
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = form.elements.namedItem('text');
    if (!(input instanceof HTMLInputElement) || !input.value.trim() || sending.has(form)) return;
    const { value } = input;
    actions.draft(value);
    sending.add(form);
    const sent = await actions.sendText(value).finally(() => sending.delete(form));
    if (!sent || input.value !== value) return;
    input.value = '';
    actions.draft('');
  };
  const type = (event: InputEvent): void => {
    actions.draft((event.currentTarget as HTMLInputElement).value);
    actions.typing();
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
        .value=${draft}
        @input=${type}
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
