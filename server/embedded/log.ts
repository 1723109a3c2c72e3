// The log: one JSON line per lifecycle event on standard output; never tokens, never packets.

/** Logs `message` with a few plain fields. */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, string | number | boolean | undefined>> = {},
): void {
  const line = { time: new Date().toISOString(), level, name: 'embedded', message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
