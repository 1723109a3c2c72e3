/** The measures of the neural voice. */

/** Samples a second. */
export const VOICE_RATE = 24_000;

/** Samples from one frame of the network to the next: 12.5 ms. */
export const HOP = 300;
