/** Where the page is shown. */

/** Whether the page is inside another one. */
export function isFramed({ ownerDocument: { defaultView } }: Element): boolean {
  return defaultView !== null && defaultView !== defaultView.top;
}
