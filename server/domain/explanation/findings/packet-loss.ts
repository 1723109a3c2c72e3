/** `packet_loss`: the caller's connection lost sound. */
import { findingRule } from '../finding-rule.js';

/** Per cent. Opus conceals what is lost up to about here; beyond it words break. */
const PACKET_LOSS_PERCENT = 5;

export const packetLoss = findingRule({
  severity: 'warning',
  meaning: `In one of ten measurements of the caller's device or more, ${PACKET_LOSS_PERCENT} % of the packets or more were lost. The word of the device.`,
  find({ call }) {
    const loss = call.client?.connection?.packet_loss_percent ?? null;
    if (!loss || loss.p90 < PACKET_LOSS_PERCENT) return null;
    return { at_ms: null, values: { p50: loss.p50, p90: loss.p90 } };
  },
});
