/** Finds everything that stands in a start's way in one go, before anything runs. */
import { takeDataFolder } from './data-folder.js';
import { assertPortFree, type Place } from './port-free.js';
import { StartError } from './start-error.js';
import { readStartSettings, type Environment, type StartSettings } from './start-settings.js';

/** Settings that can be used when there are no faults; the data folder is taken until it is given back. */
export interface Prepared {
  settings: StartSettings;
  faults: StartError[];
  giveBack: () => void;
}

/** Rejects only with what nobody foresaw. */
export async function prepare(
  env: Environment,
  root: string,
  args: readonly string[],
): Promise<Prepared> {
  const { settings, faults } = readStartSettings(env, root, args);
  let giveBack = (): void => undefined;
  await found(faults, () => {
    giveBack = takeDataFolder(settings.dataDir);
  });
  // The place of a faulty number would be somebody else's.
  if (!faults.some((fault) => fault.code === 'port_invalid')) {
    for (const place of placesOf(settings)) await found(faults, () => assertPortFree(place));
  }
  return { settings, faults, giveBack };
}

function placesOf(settings: StartSettings): Place[] {
  const { host, port, embeddedHost, embeddedPort } = settings;
  const server: Place = { portName: 'PORT', port, hostName: 'HOST', host };
  if (settings.media === 'external') return [server];
  const media = { portName: 'EMBEDDED_PORT', hostName: 'EMBEDDED_HOST' };
  return [server, { ...media, port: embeddedPort, host: embeddedHost }];
}

async function found(faults: StartError[], check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    faults.push(error);
  }
}
