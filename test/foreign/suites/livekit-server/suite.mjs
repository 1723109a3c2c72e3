/** livekit-server's own integration tests, made to speak to a server that runs elsewhere. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { livekitVersion } from '../../../../scripts/livekit/livekit-server.mjs';
import { compileTests, copyModule, outermost, replaceInFolder } from '../go-module.mjs';
import { freeSuitePort } from '../servers.mjs';

const cache = fileURLToPath(new URL('../../../../.cache/suites/livekit-server', import.meta.url));
const elsewhere = fileURLToPath(new URL('elsewhere.go', import.meta.url));
const LIMIT_MS = 60_000;

const tests = [
  'TestAgents',
  'TestAgentNamespaces',
  'TestAgentMultiNode',
  'TestMultiNodeRoomList',
  'TestMultiNodeUpdateRoomMetadata',
  'TestMultiNodeRemoveParticipant',
  'TestMultiNodeUpdateParticipantMetadata',
  'TestMultiNodeMutePublishedTrack',
  'TestMultiNodeRouting',
  'TestConnectWithoutCreation',
  'TestMultinodePublishingUponJoining',
  'TestMultinodeReceiveBeforePublish',
  'TestMultinodeDataPublishing',
  'TestMultiNodeJoinAfterClose',
  'TestMultiNodeCloseNonRTCRoom',
  'TestMultiNodeRefreshToken',
  'TestMultiNodeUpdateAttributes',
  'TestMultiNodeRevokePublishPermission',
  'TestCloseDisconnectedParticipantOnSignalClose',
  'TestClientCouldConnect',
  'TestClientConnectDuplicate',
  'TestSinglePublisher',
  'TestConnectionStats',
  'Test_WhenAutoSubscriptionDisabled_ClientShouldNotReceiveAnyPublishedTracks',
  'TestSingleNodeRoomList',
  'TestSingleNodeUpdateParticipant',
  'TestSingleNodeCORS',
  'TestSingleNodeDoubleSlash',
  'TestPingPong',
  'TestSingleNodeJoinAfterClose',
  'TestSingleNodeCloseNonRTCRoom',
  'TestSingleNodeUpdateSubscriptionPermissions',
  'TestSingleNodeAttributes',
  'TestFireTrackBySdp',
  'TestSinglePublisherDataTrack',
];

const leftOut = {
  'Test_RenegotiationWithDifferentCodecs, TestDeviceCodecOverride, TestSubscribeToCodecUnsupported':
    'codecs of video',
  'TestTurnRelay, TestTurnAuthFailure': 'TURN',
  'TestAutoCreate, TestDataPublishSlowSubscriber, TestSingleNodeDataBlob*, TestMultiNodeDataBlob, TestWebhooks':
    'they start livekit-server with a configuration of their own',
  TestMultinodeReconnectAfterNodeShutdown: 'several nodes',
};

/** One suite for each way of connecting that the tests know. */
export const livekitServer = ['v1', 'v0', 'v0-single-peer-connection'].map((path) => {
  let made;
  return {
    name: `livekit-server-${path}`,
    leftOut,
    startsServer: true,
    prepare: async () => {
      made = await prepare();
      return `livekit-server ${livekitVersion}, each video track replaced by one of audio`;
    },
    run: async ({ command }, only) => {
      const { port, runTest } = made;
      const { program, args, env } = command(port);
      const outcomes = {};
      for (const test of only ? outermost(only) : tests) {
        const settings = { SUITE_RTC_PATH: path, SUITE_SERVER: JSON.stringify([program, ...args]) };
        const got = await runTest(test, { ...env, ...settings }, LIMIT_MS);
        for (const [name, outcome] of Object.entries(got)) {
          outcomes[name.replace(`/testRTCServicePath=${path}`, '')] ??= outcome;
        }
      }
      return outcomes;
    },
  };
});

let prepared;

/** The three suites are one program. */
async function prepare() {
  prepared ??= (async () => {
    const port = await freeSuitePort();
    const name = 'github.com/livekit/livekit-server';
    const folder = join(await copyModule(name, `v${livekitVersion}`, cache), 'test');
    replaceInFolder(folder, [
      ['= 7880\n', `= ${port}\n`],
      ['= 8880\n', `= ${port}\n`],
      ['func setupSingleNodeTest(', 'func setupSingleNodeTestHere('],
      ['func setupMultiNodeTestWithConfig(', 'func setupMultiNodeTestWithConfigHere('],
      ['"video/vp8"', '"audio/opus"'],
      // What is left of these tests would look into the memory of the server: it ends there.
      ['\t\t\trequire.NotNil(t, room)\n', '\t\t\tif room == nil {\n\t\t\t\treturn\n\t\t\t}\n'],
      [
        'p := room.GetParticipant("c1")',
        'if room == nil {\n return "" \n}\n p := room.GetParticipant("c1")',
      ],
    ]);
    copyFileSync(elsewhere, join(folder, 'elsewhere.go'));
    return { port, runTest: await compileTests(folder) };
  })();
  return prepared;
}
