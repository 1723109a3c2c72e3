import { join } from 'node:path';
import type { NextConfig } from 'next';

/** Where the packages are. */
const root = join(import.meta.dirname, '../..');
const config: NextConfig = {
  turbopack: { root },
  outputFileTracingRoot: root,
  devIndicators: false,
  // They are checked by another compiler.
  typescript: { ignoreBuildErrors: true },
};

export default config;
