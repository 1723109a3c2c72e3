/** The port of the page. */

/** The page, or a test's. */
export interface PagePort {
  /** Calls back when the page is closed, left or frozen; returns a function that ends this. */
  onHide(listener: () => void): () => void;
  /** Queues a text/plain request that the browser sends even when the page is gone; `false` when it refuses. */
  beacon(url: string, body: string): boolean;
  /** Keeps the screen on; returns a function that ends this. */
  keepAwake(): () => void;
  /** See `claimCall`. */
  claimCall(takesOver: boolean, taken: () => void): Promise<(() => void) | null>;
  /** Keeps a text for the next page of this tab; `null`: takes it away. */
  keep(text: string | null): void;
  /** The text that the page before has kept; `null`: none. */
  kept(): string | null;
  /** Opens a connection to an origin ahead of its use. */
  preconnect(url: string): void;
  /** The page's address without query and fragment; `undefined` outside a page. */
  address(): string | undefined;
  /** The page's language, BCP 47; `undefined` outside a page. */
  language(): string | undefined;
  /** The visitor's time zone, an IANA name; `undefined` outside a page. */
  timeZone(): string | undefined;
}
