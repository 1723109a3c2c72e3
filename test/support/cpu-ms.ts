/** How long the processor works, which a busy machine does not change. */

/** Milliseconds of this process's work until `act` is done. */
export async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
