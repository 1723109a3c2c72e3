// The data channels that LiveKit's server and clients open for each other. Clients may open others by names of their
// own.

/** Label of the channel for packets that must arrive. */
export const RELIABLE = '_reliable';
/** Label of the channel for packets that may be lost. */
export const LOSSY = '_lossy';

/** The channels that the server opens on a connection that it offers. */
export const OWN_CHANNELS = [
  { label: RELIABLE, options: {} },
  { label: LOSSY, options: { unordered: true, maxRetransmits: 0 } },
] as const;
