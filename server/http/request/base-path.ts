/** The path below which visitors see the server, with which or without which a proxy passes requests on. */

/** The path of a public address: `/voice`, or nothing. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** A request's path as the routes know it: a proxy may have left the base path on it, or taken it away. */
export function withoutBase(path: string, basePath: string): string {
  if (basePath === '') return path;
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}
