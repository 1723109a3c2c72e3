/** What the browser says of the visitor's permission for the microphone. */
import { soonOrNull } from '../page/soon-or-null.js';

/** Tells of its changes, too. Rejects where the browser does not know this permission, and outside of one. */
export function microphonePermission(): Promise<PermissionStatus> {
  const name = 'microphone' as PermissionName;
  return globalThis.navigator.permissions.query({ name });
}

/** `null`: it does not say, or not soon, as outside a browser. */
export async function permissionState(): Promise<PermissionState | null> {
  const asked = (async () => (await microphonePermission()).state)();
  return soonOrNull(asked);
}
