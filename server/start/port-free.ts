/** Finds out before anything starts whether a port can be listened on. */
import { createServer } from 'node:net';
import { StartError } from './start-error.js';

/** Resolves when the port is free; rejects with a `StartError` that names the variable to change. */
export async function assertPortFree(name: string, host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', () => {
      reject(StartError.portTaken(name, host, port));
    });
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}
