/** What the browser says of the visitor's permission for the microphone. */

/** `null`: it does not say, as outside a browser. */
export async function permissionState(): Promise<PermissionState | null> {
  try {
    const name = 'microphone' as PermissionName;
    return (await globalThis.navigator.permissions.query({ name })).state;
  } catch {
    return null;
  }
}
