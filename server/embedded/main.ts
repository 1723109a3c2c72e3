// The process of the media server: reads the environment, listens, prints one ready line, stops gracefully.
import { EmbeddedServer } from './embedded-server.js';
import { log } from './log.js';
import { readSettings, SettingsError } from './settings.js';

const EXIT_LIMIT_MS = 2000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const server = new EmbeddedServer(settings);
  const stop = (): void => {
    setTimeout(() => process.exit(0), EXIT_LIMIT_MS).unref();
    void server.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.send) {
    // The IPC channel closes even when the start command is killed; it may be closed already.
    process.once('disconnect', stop);
    if (!process.connected) process.exit(0);
  }
  const port = await server.listen();
  log('info', 'ready', { host: settings.host, port });
  if (process.send && process.connected) process.send({ type: 'ready' });
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: stop what listens there or set EMBEDDED_PORT.`;
  }
  if (code === 'EADDRNOTAVAIL') return 'EMBEDDED_HOST is not an address of this machine.';
  if (code === 'EACCES') return `Port ${port} may not be used: set EMBEDDED_PORT above 1023.`;
  return `The media server could not start: ${String(error)}`;
}

// An exception in one connection must not end every call: it is logged, and the process goes on.
process.on('uncaughtException', (error) =>
  log('error', 'uncaught', { error: String(error.stack) }),
);
// The reader of standard output may be gone: logging its error would fail again, for ever.
process.stdout.on('error', () => undefined);
process.on('unhandledRejection', (error) => log('error', 'unhandled', { error: String(error) }));

main().catch((error: unknown) => {
  const message = explain(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (process.send) process.send({ type: 'fault', message }, () => process.exit());
  else process.exit();
});
