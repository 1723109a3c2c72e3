/** Whether the device reports that it has no network. When it reports one, there may be none nevertheless. */
export function isOffline(): boolean {
  return (globalThis.navigator as Navigator | undefined)?.onLine === false;
}
