/** The names that objects may have in every object store. */

/**
 * Throws unless the name has letters, digits, `_`, `-`, `.` and `/` only, begins with none of the last two, and has no
 * `..`.
 */
export function assertObjectName(name: string): void {
  if (!/^[\w-][\w./-]*$/.test(name) || name.includes('..')) throw new Error('bad object name');
}
