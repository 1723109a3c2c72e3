/** Decides why a microphone could not be opened. */
import { CallError } from '../error/call-error.js';
import { permissionState } from './permission-state.js';

/**
 * The `CallError` for what `getUserMedia` rejected with. Browsers use one `DOMException` for several causes; the state
 * of the permission tells them apart.
 */
export async function microphoneError(cause: unknown): Promise<CallError> {
  if (cause instanceof CallError) return cause;
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return refusal(cause);
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return new CallError('microphone_not_found', { cause });
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return new CallError('microphone_in_use', { cause });
    default:
      return new CallError('microphone_failed', { cause });
  }
}

async function refusal(cause: unknown): Promise<CallError> {
  const policyRemedy = remedyOfPolicy();
  if (policyRemedy) return new CallError('microphone_denied', { cause, remedy: policyRemedy });
  if (cause instanceof Error && /dismissed/i.test(cause.message)) {
    return new CallError('microphone_dismissed', { cause });
  }
  if (cause instanceof Error && /by system/i.test(cause.message)) {
    const remedy = "Allow this browser to use the microphone in the system's privacy settings.";
    return new CallError('microphone_denied', { cause, remedy });
  }
  const asksAgain = (await permissionState()) === 'prompt';
  return new CallError(asksAgain ? 'microphone_dismissed' : 'microphone_denied', { cause });
}

/**
 * The remedy where a Permissions Policy forbids the microphone, whatever the visitor allows; `null` where none is known
 * to.
 */
function remedyOfPolicy(): string | null {
  const page = globalThis.document as
    { featurePolicy?: { allowsFeature(name: string): boolean } } | undefined;
  if (page?.featurePolicy?.allowsFeature('microphone') !== false) return null;
  // A page in a frame cannot find out whether its own policy or that of the frame forbids it.
  return globalThis.window !== globalThis.window?.top
    ? 'This page is in a frame: give the frame allow="microphone", and let no Permissions-Policy header of either page forbid it.'
    : "Allow it in this page's own header: Permissions-Policy: microphone=(self).";
}
