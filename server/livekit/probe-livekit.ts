/** Health check of LiveKit by its cheapest request, with a sentence for the operator when it fails. */
import { LivekitError } from './livekit-error.js';
import { postTwirp } from './twirp.js';
import type { LivekitConfig } from './livekit-config.js';

/** What is wrong between this server and LiveKit. */
export type LivekitFault =
  'unreachable' | 'timeout' | 'clock_skew' | 'wrong_key' | 'not_livekit' | 'overloaded';

/** Whether calls can run on it; `detail` is one plain sentence. */
export type LivekitFinding = { ok: true } | { ok: false; reason: LivekitFault; detail: string };

/** LiveKit forgives a minute; from then on it refuses this server's tokens, or callers come too late. */
const MAX_SKEW_MS = 60_000;

/** Never rejects; takes `timeoutMs` of the configuration at most. */
export async function probeLivekit(
  config: LivekitConfig,
  now: () => number = Date.now,
): Promise<LivekitFinding> {
  try {
    const { status, date } = await postTwirp(config, {
      service: 'RoomService',
      method: 'ListRooms',
      body: { names: ['no-such-room'] },
      grant: { roomList: true },
    });
    const skewMs = date ? now() - date.getTime() : 0;
    if (Math.abs(skewMs) > MAX_SKEW_MS) return fault('clock_skew', wordSkew(skewMs));
    return status < 400 ? { ok: true } : refusal(status, date !== null);
  } catch (error) {
    return failure(error);
  }
}

function refusal(status: number, isClockRight: boolean): LivekitFinding {
  if (status === 401 || status === 403) {
    const clock = isClockRight ? '' : ", or this machine's clock is wrong";
    const keys = `LiveKit refuses LIVEKIT_API_KEY or LIVEKIT_API_SECRET (HTTP ${status})${clock}.`;
    return fault('wrong_key', keys);
  }
  if (status >= 500 || status === 429) {
    return fault('overloaded', `LiveKit answers HTTP ${status}.`);
  }
  return fault('not_livekit', `What answers at LIVEKIT_URL is not LiveKit (HTTP ${status}).`);
}

function failure(error: unknown): LivekitFinding {
  const code = error instanceof LivekitError ? error.code : 'unreachable';
  if (code === 'timeout') return fault('timeout', 'LiveKit does not answer in time.');
  if (code === 'bad_answer') {
    return fault('not_livekit', 'What answers at LIVEKIT_URL is not LiveKit.');
  }
  const why = systemCode(error);
  return fault('unreachable', `LiveKit cannot be reached at LIVEKIT_URL${why ? ` (${why})` : ''}.`);
}

function wordSkew(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const amount = seconds < 180 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  return `This machine's clock is ${amount} ${direction} LiveKit's: set both by NTP.`;
}

function systemCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^E[A-Z_]+$/.test(at.code)) return at.code;
  }
  return '';
}

function fault(reason: LivekitFault, detail: string): LivekitFinding {
  return { ok: false, reason, detail };
}
