/** Listens without a room: a test says what is heard. */
import type {
  RoomSubscription,
  RoomListenerEvents,
  TranscriptionPiece,
  RoomListener,
} from '../../server/domain/ports/room-listener.js';

export class FakeRoomListener implements RoomListener {
  /** Who listens in which room now. */
  readonly rooms = new Map<string, RoomListenerEvents>();
  /** How often a room was joined. */
  joins = 0;
  isInstalled = true;
  isReachable = true;
  /** What a room that is being left waits for. */
  leaving: Promise<void> = Promise.resolve();

  listen(roomName: string, to: RoomListenerEvents): Promise<RoomSubscription | null> {
    if (!this.isInstalled) return Promise.resolve(null);
    if (!this.isReachable) return Promise.reject(new Error('out of reach'));
    this.joins += 1;
    this.rooms.set(roomName, to);
    return Promise.resolve({
      stop: () => {
        this.rooms.delete(roomName);
        return this.leaving;
      },
    });
  }

  /** A whole, final piece of the caller's or of an agent's words. */
  hear(
    roomName: string,
    piece: Partial<TranscriptionPiece> & { speaker: string; text: string },
  ): void {
    this.rooms.get(roomName)?.heard({
      isAgent: piece.speaker.startsWith('agent'),
      segmentId: `SG_${piece.text}`,
      done: true,
      final: true,
      unverified: false,
      at: new Date(),
      ...piece,
    });
  }

  /** A participant leaves the room, and the ears are told why. */
  leave(roomName: string, identity: string, reason: string | null): void {
    const isAgent = identity.startsWith('agent');
    this.rooms.get(roomName)?.left({ identity, sid: `PA_${identity}`, isAgent, reason });
  }

  /** The media server puts the listener out. */
  close(roomName: string): void {
    const to = this.rooms.get(roomName);
    this.rooms.delete(roomName);
    to?.gone();
  }
}
