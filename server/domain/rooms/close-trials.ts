/** Deletes the rooms of trials whose time is over: the process that should have done it may have stopped, or somebody has made one again. */
import { trialOfRoom } from '../calls/room-name.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** One round over all rooms. Throws when the media server cannot be asked. */
export async function closeTrials(ports: DomainPorts): Promise<void> {
  for (const { name } of await ports.media.listRooms()) await closeTrial(ports, name);
}

/**
 * Deletes this room if it is one of a trial that is over. Trials of other installations on the same media server do not
 * name a workspace of this database and are left alone. Throws when it cannot be deleted now.
 */
export async function closeTrial(ports: DomainPorts, roomName: string): Promise<void> {
  const trial = trialOfRoom(roomName);
  if (!trial || trial.until > ports.clock.now()) return;
  if (await ports.store.findWorkspace(trial.workspaceId)) await ports.media.deleteRoom(roomName);
}
