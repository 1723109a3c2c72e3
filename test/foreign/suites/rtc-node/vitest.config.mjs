/** How the tests that come with @livekit/rtc-node are run where it is installed. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../../../../node_modules/@livekit/rtc-node', import.meta.url)),
  test: {
    include: ['src/tests/*.test.ts'],
    exclude: [],
    server: { deps: { inline: [/rtc-node\/src/] } },
    fileParallelism: false,
    // They would run five at a time, and fail each other where comparing large arrays holds up the process.
    maxConcurrency: 1,
  },
});
