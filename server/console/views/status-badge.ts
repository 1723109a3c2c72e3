/** A call's status. */
import { html, type TemplateResult } from 'lit';
import type { CallStatus } from '../../../sdk/wire/call-status.js';
import { STATUS_MEANINGS, statusWord } from '../words.js';

/** The word that the status has everywhere, in its colour; what it means where a pointer rests on it. */
export function statusBadge(status: CallStatus): TemplateResult {
  const meaning = STATUS_MEANINGS[status] ?? '';
  return html`<span class="badge ${status}" title=${meaning}>${statusWord(status)}</span>`;
}
