/** Types of `POST /v1/livekit/token`, in the shape of LiveKit's token endpoints. */
export type { LivekitTokenRequest, LivekitTokenResponse } from './generated.js';
