/** The published packages that ours are measured against. */

/**
 * `install`: what npm is asked for, the package itself first. Then either `file`, a script of the package that pages load as
 * it is, or `code`, which is bundled as an application would.
 */
export const PEERS = [
  {
    install: ['@elevenlabs/convai-widget-embed'],
    kind: 'element',
    file: 'dist/index.js',
  },
  {
    install: ['@vapi-ai/client-sdk-react'],
    kind: 'element',
    file: 'dist/embed/widget.umd.js',
  },
  {
    install: ['@telnyx/ai-agent-widget'],
    kind: 'element',
    file: 'dist/bundle.min.js',
  },
  {
    install: ['@deepgram/agents-widget'],
    kind: 'element',
    code: `import * as all from '@deepgram/agents-widget'; globalThis.x = all;`,
  },
  {
    install: ['@fishaudio/agent-widget'],
    kind: 'element',
    code: `import * as all from '@fishaudio/agent-widget'; globalThis.x = all;`,
  },
  {
    install: ['livekit-client'],
    kind: 'SDK',
    code: `import { Room } from 'livekit-client'; globalThis.x = Room;`,
  },
  {
    install: ['retell-client-js-sdk'],
    kind: 'SDK',
    code: `import { RetellWebClient } from 'retell-client-js-sdk'; globalThis.x = RetellWebClient;`,
  },
  {
    install: ['ultravox-client'],
    kind: 'SDK',
    code: `import { UltravoxSession } from 'ultravox-client'; globalThis.x = UltravoxSession;`,
  },
  {
    install: ['@elevenlabs/client'],
    kind: 'SDK',
    code: `import { Conversation } from '@elevenlabs/client'; globalThis.x = Conversation;`,
  },
  {
    install: ['@vapi-ai/web'],
    kind: 'SDK',
    code: `import Vapi from '@vapi-ai/web'; globalThis.x = Vapi;`,
  },
  {
    install: ['@pipecat-ai/client-js', '@pipecat-ai/small-webrtc-transport'],
    kind: 'SDK',
    code: `import { PipecatClient } from '@pipecat-ai/client-js';
      import { SmallWebRTCTransport } from '@pipecat-ai/small-webrtc-transport';
      globalThis.x = [PipecatClient, SmallWebRTCTransport];`,
  },
  {
    install: ['@telnyx/webrtc'],
    kind: 'SDK',
    code: `import { TelnyxRTC } from '@telnyx/webrtc'; globalThis.x = TelnyxRTC;`,
  },
];
