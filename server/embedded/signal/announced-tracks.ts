// The tracks that a client has announced and not yet sent, and how they are matched to its offers.
import {
  AudioTrackFeature,
  RequestResponse_Reason,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
} from '@livekit/protocol';
import type { AddTrackRequest, UpdateLocalAudioTrack } from '@livekit/protocol';
import { newId } from '../ids.js';
import type { AnnouncedTrack } from '../media/uplink.js';
import type { Participant } from '../rooms/participant.js';

const MAX_TRACKS = 8;
const MAX_TEXT = 256;

/** Adds an audio track that the client is about to send; returns it, or the number of the reason why not. */
export function announceTrack(
  participant: Participant,
  request: AddTrackRequest,
): TrackInfo | RequestResponse_Reason {
  const { tracks } = participant;
  if (!participant.mayPublish(request.source)) return RequestResponse_Reason.NOT_ALLOWED;
  const same = [...tracks.values()].find((track) => track.cid === request.cid && !track.live);
  if (same) return same.info;
  if (tracks.size >= MAX_TRACKS) return RequestResponse_Reason.LIMIT_EXCEEDED;
  if ([request.cid, request.name, request.stream].some((text) => text.length > MAX_TEXT)) {
    return RequestResponse_Reason.LIMIT_EXCEEDED;
  }
  const info = new TrackInfo({
    sid: newTrackSid(request.source),
    name: request.name,
    type: TrackType.AUDIO,
    source: request.source,
    muted: request.muted,
    disableDtx: request.disableDtx,
    disableRed: true,
    stereo: request.stereo,
    stream: request.stream || streamOf(request.source),
    encryption: request.encryption,
    audioFeatures: [...request.audioFeatures],
    codecs: [new SimulcastCodecInfo({ cid: request.cid })],
  });
  tracks.set(info.sid, { cid: request.cid, info, live: undefined });
  return info;
}

/** Changes the audio features of a track. Returns whether there is such a track. */
export function changeFeatures(participant: Participant, update: UpdateLocalAudioTrack): boolean {
  const info = participant.tracks.get(update.trackSid)?.info;
  if (!info) return false;
  info.audioFeatures = [...new Set(update.features)];
  info.stereo = info.audioFeatures.includes(AudioTrackFeature.TF_STEREO);
  info.disableDtx = info.audioFeatures.includes(AudioTrackFeature.TF_NO_DTX);
  return true;
}

/** The announced track of the client's own track id, or else the only one that still waits. */
export function claimTrack(participant: Participant, cid: string): AnnouncedTrack | undefined {
  const all = [...participant.tracks.values()];
  const exact = all.find((track) => track.cid === cid);
  const waiting = all.filter((track) => !track.live);
  const found = exact ?? (waiting.length === 1 ? waiting[0] : undefined);
  if (!found) return undefined;
  const { info } = found;
  return {
    sid: info.sid,
    allowDtx: !info.disableDtx && !info.audioFeatures.includes(AudioTrackFeature.TF_NO_DTX),
    stereo: info.stereo || info.audioFeatures.includes(AudioTrackFeature.TF_STEREO),
  };
}

function newTrackSid(source: TrackSource): string {
  const letter = source === TrackSource.MICROPHONE ? 'M' : 'A';
  return newId('TR_').replace('TR_', `TR_A${letter}`);
}

function streamOf(source: TrackSource): string {
  return source === TrackSource.SCREEN_SHARE_AUDIO ? 'screen_share' : 'camera';
}
