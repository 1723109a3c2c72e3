/**
 * Spares a page Lit's word on its development build. Servers that show a page while it is written, those of Vite and Next, take that
 * build, and whose page only has this element never chose Lit. To be imported before it.
 */

const scope = globalThis as { litIssuedWarnings?: Set<string> };
scope.litIssuedWarnings ??= new Set();
scope.litIssuedWarnings.add('dev-mode');
