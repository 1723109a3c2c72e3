/** `npm start`: checks Node, builds what is stale, then hands over to the compiled supervisor. */
const oldest = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `This needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

const began = Date.now();
// Exiting ends what builds; the supervisor adds what it has to end.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const exit = () => process.exit(0);
for (const signal of signals) process.on(signal, exit);
if (process.env.npm_lifecycle_event) {
  const { endWithAncestors } = await import('./end-with-ancestors.mjs');
  endWithAncestors(() => process.kill(process.pid, 'SIGTERM'));
}
const { buildCode, buildBundles } = await import('./build.mjs');
// With neither an address for visitors nor a media server of one's own the product is being tried out.
const isQuick = !process.env.PUBLIC_URL && !process.env.LIVEKIT_URL;
const bundles = buildBundles((line) => console.log(line), { isQuick });
bundles.catch(() => undefined);
try {
  await buildCode((line) => console.log(line));
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exit(1);
}
const { main } = await import('../dist/server/start/main.js');
for (const signal of signals) process.off(signal, exit);
await main({ began, bundles, args: process.argv.slice(2) });
