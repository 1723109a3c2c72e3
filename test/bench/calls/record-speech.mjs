/** Turns spoken callers into Opus packets as a browser's encoder makes them, by receiving them once. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessToken } from 'livekit-server-sdk';
import { joinAsCaller, readSpeech } from '../spoken-caller.mjs';
import { joinLightPeer } from './light-peer.mjs';

const audio = fileURLToPath(new URL('../../audio', import.meta.url));
const sentences = ['af_heart-book', 'am_michael-status', 'af_heart-cancel'];

/** The payloads, 20 ms each, as base64. `target` is a running media server. */
export async function recordSpeech(target) {
  const room = 'speech';
  const payloads = [];
  const listener = await joinLightPeer(target, {
    room,
    identity: 'listener',
    ssrc: 1,
    onRtp: (packet) => payloads.push(payloadOf(packet).toString('base64')),
  });
  const token = new AccessToken(target.apiKey, target.apiSecret, { identity: 'speaker' });
  token.addGrant({ roomJoin: true, room });
  const grant = { server_url: target.url, access_token: await token.toJwt() };
  const speaker = await joinAsCaller(grant);
  for (const sentence of sentences) await speaker.say(readSpeech(join(audio, `${sentence}.wav`)));
  await speaker.leave();
  listener.leave();
  return payloads;
}

function payloadOf(packet) {
  let at = 12 + 4 * (packet[0] & 0x0f);
  if (packet[0] & 0x10) at += 4 + 4 * packet.readUInt16BE(at + 2);
  return packet.subarray(at);
}
