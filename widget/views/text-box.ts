/** The text box, for typing instead of speaking. */
import { html, type TemplateResult } from 'lit';
import { sendIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/**
 * Forms whose text is being sent, and all that was in the box when Enter was pressed last: that text is not sent twice, and
 * what was typed after it is sent next.
 */
const sending = new WeakMap<HTMLFormElement, string>();

/** The text box. A text stays in it until it was sent, also when the call ends. */
export function textBox({ texts, state, draft }: ViewModel, actions: ViewActions): TemplateResult {
  const isActive = state.status === 'active';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = form.elements.namedItem('text');
    if (!isActive || !(input instanceof HTMLInputElement)) return;
    const isSending = sending.has(form);
    sending.set(form, input.value);
    if (!isSending) void sendAll(form, input, actions).finally(() => sending.delete(form));
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
        aria-disabled=${isActive ? 'false' : 'true'}
      >
        ${sendIcon}
      </button>
    </form>
  `;
}

/** One text after the other. What is typed meanwhile stays in the box. */
async function sendAll(
  form: HTMLFormElement,
  input: HTMLInputElement,
  actions: ViewActions,
): Promise<void> {
  for (let text = sending.get(form) ?? ''; text.trim();) {
    actions.draft(input.value);
    const isSent = await actions.sendText(text);
    if (!isSent || !input.value.startsWith(text)) return;
    input.value = input.value.slice(text.length);
    actions.draft(input.value);
    text = (sending.get(form) ?? '').slice(text.length);
    sending.set(form, text);
  }
}
