// The data channels that livekit-server makes and that its clients make for it; others are of a client's own naming.

export const RELIABLE = '_reliable';
export const LOSSY = '_lossy';

/** What the server makes on a connection that it offers. */
export const OWN_CHANNELS = [
  { label: RELIABLE, options: {} },
  { label: LOSSY, options: { unordered: true, maxRetransmits: 0 } },
] as const;
