/** Types of `ensure-projects.mjs`. */
export function ensureProjects(say?: (line: string) => void): Promise<string>;
