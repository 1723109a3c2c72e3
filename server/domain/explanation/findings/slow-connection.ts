/** `slow_connection`: what is said takes too long to arrive. */
import { findingRule } from '../finding-rule.js';

/** Milliseconds of round trip: half of it is the 200 ms one way from which people begin to talk over each other (ITU-T G.114). */
const SLOW_ROUND_TRIP_MS = 400;

export const slowConnection = findingRule({
  severity: 'warning',
  meaning: `The round trip between the caller's device and the media server took ${SLOW_ROUND_TRIP_MS} ms or more at the median. The word of the device.`,
  find({ call }) {
    const trip = call.client?.connection?.rtt_ms ?? null;
    if (!trip || trip.p50 < SLOW_ROUND_TRIP_MS) return null;
    return { at_ms: null, values: { p50: trip.p50, p90: trip.p90 } };
  },
});
