/** The tests of LiveKit's Go SDK that need a server. */
import { fileURLToPath } from 'node:url';
import { compileTests, copyModule, outermost, replaceInFolder } from './go-module.mjs';
import { keys } from './servers.mjs';

const VERSION = 'v2.19.0';
const cache = fileURLToPath(new URL('../../../.cache/suites/go-sdk', import.meta.url));
const LIMIT_MS = 90_000;
const tests = [
  'TestJoin',
  'TestJoinSinglePeerConnection',
  'TestJoinError',
  'TestPublishDTMF',
  'TestPublishRequiresSinglePC',
  'TestResume',
  'TestLimitPayloadSize',
  'TestSubscribeMutedTrack',
];

let runTest;

export const goSdk = {
  name: 'go-sdk',
  leftOut: {
    'TestPubSub, TestPublishTrackMimeType, TestSimulcastCodec, TestE2EE_H264RoundTrip, TestDynacastRepublish':
      'video',
    TestForceTLS: 'TURN over TLS',
    'all others': 'they need no server',
  },
  /** The address is written in the tests: it is that of `port`. */
  prepare: async (_say, port) => {
    await copyModule('github.com/livekit/server-sdk-go/v2', VERSION, cache);
    replaceInFolder(cache, [['ws://localhost:7880', `ws://localhost:${port}`]]);
    runTest = await compileTests(cache);
    return `server-sdk-go ${VERSION}`;
  },
  run: async (_server, only) => {
    const env = { LIVEKIT_KEYS: `${keys.apiKey}: ${keys.apiSecret}` };
    const outcomes = {};
    for (const test of only ? outermost(only) : tests) {
      Object.assign(outcomes, await runTest(test, env, LIMIT_MS));
    }
    return outcomes;
  },
};
