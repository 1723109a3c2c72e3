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
