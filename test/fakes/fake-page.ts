/** A page that can be closed. */
import type { PagePort } from '../../sdk/page/page-port.js';

/** `PagePort` without a browser. */
export class FakePage implements PagePort {
  readonly hideListeners = new Set<() => void>();
  awake = 0;
  preconnected: string[] = [];
  readonly beacon: PagePort['beacon'];

  constructor(beacon: PagePort['beacon']) {
    this.beacon = beacon;
  }

  onHide(listener: () => void): () => void {
    this.hideListeners.add(listener);
    return () => this.hideListeners.delete(listener);
  }

  /** Those who hold the browser's one call, the latest last. */
  readonly claims: { taken: () => void }[] = [];
  /** Session storage of the tab. */
  storage: string | null = null;

  async claimCall(takesOver: boolean, taken: () => void): Promise<(() => void) | null> {
    await Promise.resolve();
    if (this.claims.length > 0 && !takesOver) return null;
    for (const claim of this.claims.splice(0)) claim.taken();
    const claim = { taken };
    this.claims.push(claim);
    return () => {
      if (this.claims.includes(claim)) this.claims.splice(this.claims.indexOf(claim), 1);
    };
  }

  keep(text: string | null): void {
    this.storage = text;
  }

  kept(): string | null {
    return this.storage;
  }

  keepAwake(): () => void {
    this.awake += 1;
    return () => {
      this.awake -= 1;
    };
  }

  preconnect(url: string): void {
    this.preconnected.push(url);
  }

  address(): string {
    return 'https://shop.example/help';
  }

  timeZone(): string {
    return 'Europe/London';
  }

  language(): string {
    return 'en-GB';
  }

  /** The visitor closes the tab. */
  hide(): void {
    for (const listener of [...this.hideListeners]) listener();
  }
}
