/** Which tests start something (a database, a server, a process, a browser, a voice), told by what they import. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const STARTERS =
  /from '[^']*(real-app|served-app|pglite|postgres|s3-server|media-servers?|fake-jobs-server|[a-z]+-process|[a-z]+-peer|raw-socket|free-port|node:(child_process|http|net|worker_threads)|offline\/(speech|models)\/[a-z-]+)(\.m?js)?'/;

/** The test files below `folder` that start something, as paths from `root`. */
export function testsThatStartSomething(root, folder = 'test') {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, folder, name))
    .filter((file) => STARTERS.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file));
}
