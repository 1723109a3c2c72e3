/** The base of the events that tell what a call reports. */

/** Bubbles, leaves shadow roots, and cannot be cancelled. */
export abstract class CallEvent<Detail> extends Event {
  /** The name of the event. */
  static readonly eventName: string = '';
  /** What the event of the SDK tells. */
  readonly detail: Detail;

  constructor(detail: Detail) {
    super(new.target.eventName, { bubbles: true, composed: true });
    this.detail = detail;
  }
}
