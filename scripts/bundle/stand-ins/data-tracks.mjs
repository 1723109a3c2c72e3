/** For data tracks, which a call neither publishes nor reads: what the server tells of them is let go by. */

const nothing = () => {};

/** In place of the managers of either direction. */
export default class DataTracks {
  on() {
    return this;
  }

  queryPublished() {
    return [];
  }
}

for (const name of [
  'updateE2eeManager',
  'receivedSfuPublishResponse',
  'receivedSfuUnpublishResponse',
  'receivedSfuSubscriberHandles',
  'packetReceived',
  'receiveSfuPublicationUpdates',
  'handlePacketSendComplete',
  'handleRemoteParticipantDisconnected',
  'sfuWillRepublishTracks',
  'resendSubscriptionUpdates',
  'reset',
]) {
  DataTracks.prototype[name] = nothing;
}
