import { join } from 'node:path';
import type { NextConfig } from 'next';

/** Where the packages are. */
const root = join(import.meta.dirname, '../..');
const config: NextConfig = {
  turbopack: { root },
  outputFileTracingRoot: root,
  devIndicators: false,
};

export default config;
