/** The published packages that ours are measured against. */

/** An element that pages load as it is: the script of a package. */
const script = (name, file) => ({ kind: 'element', install: [name], file });

/** What is bundled as an application would: exports of packages, that of the product itself first. */
const bundled = (kind, exported) => ({
  kind,
  install: Object.keys(exported),
  code: Object.entries(exported)
    .map(([name, what]) => `export ${what} from '${name}';`)
    .join('\n'),
});

/** `install`: what npm is asked for. Then either `file` or `code`. */
export const PEERS = [
  script('@elevenlabs/convai-widget-embed', 'dist/index.js'),
  script('@vapi-ai/client-sdk-react', 'dist/embed/widget.umd.js'),
  script('@telnyx/ai-agent-widget', 'dist/bundle.min.js'),
  bundled('element', { '@deepgram/agents-widget': '*' }),
  bundled('element', { '@fishaudio/agent-widget': '*' }),
  bundled('SDK', { 'livekit-client': '{ Room }' }),
  bundled('SDK', { 'retell-client-js-sdk': '{ RetellWebClient }' }),
  bundled('SDK', { 'ultravox-client': '{ UltravoxSession }' }),
  bundled('SDK', { '@elevenlabs/client': '{ Conversation }' }),
  bundled('SDK', { '@vapi-ai/web': '{ default }' }),
  bundled('SDK', {
    '@pipecat-ai/client-js': '{ PipecatClient }',
    '@pipecat-ai/small-webrtc-transport': '{ SmallWebRTCTransport }',
  }),
  bundled('SDK', { '@telnyx/webrtc': '{ TelnyxRTC }' }),
];
