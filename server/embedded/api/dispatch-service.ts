// LiveKit's AgentDispatchService, on the dispatcher of this server.
import {
  CreateAgentDispatchRequest,
  DeleteAgentDispatchRequest,
  ListAgentDispatchRequest,
  ListAgentDispatchResponse,
} from '@livekit/protocol';
import type { Dispatcher } from '../agents/dispatcher.js';
import type { Room } from '../rooms/room.js';
import type { Rooms } from '../rooms/rooms.js';
import { isAdmin } from './room-service.js';
import { method, TwirpError } from './twirp.js';
import type { Method } from './twirp.js';

/** The methods of `livekit.AgentDispatchService` by their path. */
export function dispatchServiceMethods(rooms: Rooms, dispatcher: Dispatcher): [string, Method][] {
  const verbs: Record<string, Method> = {
    CreateDispatch: method(CreateAgentDispatchRequest, isAdmin, (request) => {
      if (!request.room) throw TwirpError.invalidArgument('no room name');
      const dispatch = dispatcher.dispatch(rooms.create(request.room), request);
      if (!dispatch) throw TwirpError.exhausted('too many dispatches in this room');
      return dispatch;
    }),
    ListDispatch: method(ListAgentDispatchRequest, isAdmin, (request) => {
      const all = dispatcher.list(nodeOf(rooms, request.room));
      const agentDispatches = all.filter(
        (one) => !request.dispatchId || one.id === request.dispatchId,
      );
      return new ListAgentDispatchResponse({ agentDispatches });
    }),
    DeleteDispatch: method(DeleteAgentDispatchRequest, isAdmin, (request) => {
      const removed = dispatcher.remove(nodeOf(rooms, request.room), request.dispatchId);
      if (!removed) throw TwirpError.notFound('dispatch ID not found');
      return removed;
    }),
  };
  return Object.entries(verbs).map(([name, verb]) => [
    `livekit.AgentDispatchService/${name}`,
    verb,
  ]);
}

/**
 * The room of a dispatch. Throws as livekit-server does, which routes these requests to the node of the room: no room,
 * no node.
 */
function nodeOf(rooms: Rooms, name: string): Room {
  const room = rooms.get(name);
  if (!room) throw TwirpError.noServer();
  return room;
}
