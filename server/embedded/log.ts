// Writes one JSON line per lifecycle event to standard output; never a token, never a packet.

/** Logs `message` with a few plain fields. */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, string | number | boolean | undefined>> = {},
): void {
  const line = { time: new Date().toISOString(), level, name: 'embedded', message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
