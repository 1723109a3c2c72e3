/** Whether the device says that it has no network. That it has one is never certain. */
export function isOffline(): boolean {
  return (globalThis.navigator as Navigator | undefined)?.onLine === false;
}
