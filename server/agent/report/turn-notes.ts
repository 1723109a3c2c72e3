/** Where an answer comes from, told while the answer is made, by the id of the caller's message. */
export interface TurnNotes {
  /** What the message was taken for. */
  intent(messageId: string, intent: string): void;
  /** What was known to answer it, in the owner's words. */
  facts(messageId: string, facts: readonly string[]): void;
}
