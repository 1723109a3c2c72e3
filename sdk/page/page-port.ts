/** What the SDK needs of the page that it runs in. */

/** The page, or a test's. */
export interface PagePort {
  /** Calls back when the page is closed, left or frozen; returns how to stop that. */
  onHide(listener: () => void): () => void;
  /** Hands a text/plain body to the browser, to be sent even if the page is gone. */
  beacon(url: string, body: string): boolean;
  /** Keeps the screen on; returns how to stop that. */
  keepAwake(): () => void;
  /** Opens a connection to an origin ahead of need. */
  preconnect(url: string): void;
  /** The address without query and fragment; `undefined` outside a page. */
  address(): string | undefined;
  /** BCP 47; `undefined` outside a page. */
  language(): string | undefined;
}
