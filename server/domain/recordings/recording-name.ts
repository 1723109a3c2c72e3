/** Where recordings lie. */

/** The name of a call's recording in the object store. */
export function recordingName(callId: string): string {
  return `recordings/${callId}.pcm`;
}
