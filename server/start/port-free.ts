/** Finds out before anything starts whether a port can be listened on. */
import { createServer } from 'node:net';
import { StartError } from './start-error.js';

/** Where somebody wants to listen, and the variables that say so. */
export interface Place {
  portName: string;
  port: number;
  hostName: string;
  host: string;
}

/** Resolves when the port is free; rejects with a `StartError` that names the variable to change. */
export async function assertPortFree(place: Place): Promise<void> {
  const { host, port } = place;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(faultOf(place, error.code ?? error.message));
    });
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}

function faultOf({ portName, port, hostName, host }: Place, code: string): StartError {
  if (code === 'EADDRINUSE') return StartError.portTaken(portName, host, port);
  if (code === 'EACCES') return StartError.portForbidden(portName, host, port);
  return StartError.addressUnusable(hostName, host, code);
}
