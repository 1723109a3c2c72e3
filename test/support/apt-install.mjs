/** Installs packages of the system, where this process may. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const apt = '/usr/bin/apt-get';

/** Whether it was tried: only root may, and only where there is apt-get. Look yourself for what it brought. */
export function aptInstall(packages, say) {
  if (process.getuid?.() !== 0 || !existsSync(apt)) return false;
  say(`Installing ${packages.join(' ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  spawnSync(apt, ['update', '-q'], options);
  spawnSync(apt, ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
  return true;
}
