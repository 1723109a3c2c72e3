// Relays data packets between participants, and sets the true sender in each.
import { DataPacket, DataPacket_Kind, UserPacket } from '@livekit/protocol';
import { LOSSY, RELIABLE } from '../media/own-channels.js';
import { AgentTexts } from './agent-texts.js';
import type { Participant } from './participant.js';
import { StreamOwners } from './stream-owners.js';

/** Label of the channel for data tracks, which this server does not support. */
const DATA_TRACKS = '_data_track';

const MAX_PACKET_BYTES = 128 * 1024;
const MAX_PENDING_BYTES = 512 * 1024;

/** Relays the packets of a room. Keeps reliable ones until the receiver's channel is open. */
export class DataRelay {
  readonly #pending = new Map<Participant, { packets: Uint8Array[]; bytes: number }>();
  readonly #texts = new AgentTexts();
  readonly #streams = new StreamOwners();

  /** Relays a packet that `sender` has sent on its channel `label`. */
  receive(
    sender: Participant,
    label: string,
    bytes: Buffer,
    everyone: Iterable<Participant>,
  ): void {
    if (label === DATA_TRACKS || bytes.length > MAX_PACKET_BYTES) return;
    if (!sender.isActive || !sender.permission.canPublishData) return;
    const packet = readPacket(label, bytes);
    if (!packet) return;
    packet.kind = label === LOSSY ? DataPacket_Kind.LOSSY : DataPacket_Kind.RELIABLE;
    if (!this.#streams.admits(packet, sender.identity) || !stamp(packet, sender)) return;
    this.#texts.note(packet, sender);
    this.send(packet, everyone, sender);
  }

  /** Whether an agent is writing a text, or has just finished one. */
  get isAgentWriting(): boolean {
    return this.#texts.isOpen;
  }

  /** Sends a packet to its destinations, or to everyone but the sender when it names none. */
  send(packet: DataPacket, everyone: Iterable<Participant>, sender?: Participant): void {
    const only = packet.destinationIdentities;
    const bytes = packet.toBinary();
    for (const receiver of everyone) {
      if (receiver === sender || (only.length > 0 && !only.includes(receiver.identity))) continue;
      if (packet.kind === DataPacket_Kind.RELIABLE) this.#sendReliable(receiver, bytes);
      else receiver.media.sendData(LOSSY, bytes);
    }
  }

  /** Sends the packets that waited for the reliable channel of a participant. */
  flush(receiver: Participant): void {
    const waiting = this.#pending.get(receiver);
    this.#pending.delete(receiver);
    for (const bytes of waiting?.packets ?? []) receiver.media.sendData(RELIABLE, bytes);
  }

  /**
   * Forgets a participant's packets and streams. `isReplaced`: the client has come back on another connection and
   * continues its streams.
   */
  forget(participant: Participant, isReplaced: boolean): void {
    this.#pending.delete(participant);
    this.#texts.forget(participant);
    if (!isReplaced) this.#streams.forget(participant.identity);
  }

  #sendReliable(receiver: Participant, bytes: Uint8Array): void {
    if (receiver.media.isChannelOpen(RELIABLE)) {
      receiver.media.sendData(RELIABLE, bytes);
      return;
    }
    const waiting = this.#pending.get(receiver) ?? { packets: [], bytes: 0 };
    if (waiting.bytes + bytes.length > MAX_PENDING_BYTES) return;
    waiting.packets.push(bytes);
    waiting.bytes += bytes.length;
    this.#pending.set(receiver, waiting);
  }
}

/** The packet of a message; on a channel by a client's own name the whole message is its payload. */
function readPacket(label: string, bytes: Buffer): DataPacket | undefined {
  if (label !== RELIABLE && label !== LOSSY) {
    return new DataPacket({ value: { case: 'user', value: new UserPacket({ payload: bytes }) } });
  }
  try {
    return DataPacket.fromBinary(bytes);
  } catch {
    return undefined;
  }
}

/** Sets the true sender of a packet; false when it must not be relayed. */
function stamp(packet: DataPacket, sender: Participant): boolean {
  const { value } = packet;
  const claimed = packet.participantIdentity;
  const forAnother = sender.isAgent && claimed !== '' && claimed !== sender.identity;
  let keepIdentity = false;
  switch (value.case) {
    case undefined:
    case 'metrics':
      return false;
    case 'speaker':
      return false;
    case 'transcription':
      if (!sender.isAgent) return false;
      break;
    case 'chatMessage':
      if (forAnother) {
        keepIdentity = true;
        value.value.generated = true;
      }
      break;
    case 'streamHeader':
      if (value.value.contentHeader.case === 'textHeader') {
        const text = value.value.contentHeader.value;
        keepIdentity = forAnother;
        text.generated = forAnother || (sender.isAgent && text.generated);
      }
      break;
    case 'user':
      value.value.participantSid = sender.isHidden ? '' : sender.sid;
      value.value.participantIdentity = sender.isHidden ? '' : sender.identity;
      if (packet.destinationIdentities.length === 0) {
        packet.destinationIdentities = value.value.destinationIdentities;
      } else {
        value.value.destinationIdentities = packet.destinationIdentities;
      }
      break;
    default:
      break;
  }
  if (sender.isHidden) {
    packet.participantIdentity = '';
    packet.participantSid = '';
  } else {
    packet.participantSid = sender.sid;
    if (!keepIdentity) packet.participantIdentity = sender.identity;
  }
  return true;
}
