/** Offers that no client makes, for a server that must live through them. */
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import type WebSocket from 'ws';

/** What an offer is made of; each has a harmless default. */
export interface OfferParts {
  fingerprint?: string;
  /** Lines of its one audio section. */
  audio?: readonly string[];
}

const FINGERPRINT = `sha-256 ${Array<string>(32).fill('AB').join(':')}`;

/** An offer with one audio section; well formed unless told otherwise. */
export function rawOffer({ fingerprint = FINGERPRINT, audio = [] }: OfferParts = {}): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:${fingerprint}`,
    'a=setup:actpass',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    ...(audio.some((line) => line.startsWith('a=rtpmap')) ? [] : ['a=rtpmap:111 opus/48000/2']),
    ...audio,
    '',
  ].join('\r\n');
}

/** Sends a request to the server. */
export function ask(socket: WebSocket, message: SignalRequest['message']): void {
  socket.send(new SignalRequest({ message }).toBinary());
}

/** Every message that the server sends from now on. */
export function answers(socket: WebSocket): SignalResponse['message'][] {
  const all: SignalResponse['message'][] = [];
  socket.on('message', (data: Buffer) => all.push(SignalResponse.fromBinary(data).message));
  return all;
}
