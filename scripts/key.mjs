/** `npm run key`: builds what is stale, then hands over to the compiled command. */
import { buildCode } from './build.mjs';

await buildCode();
await import('../dist/server/key-main.js');
