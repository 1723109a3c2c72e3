/** `npm start`: checks Node, builds what is stale, then hands over to the compiled supervisor. */
const oldest = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `This needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

const { buildCode, buildBundles } = await import('./build.mjs');
const began = Date.now();
const bundles = buildBundles((line) => console.log(line));
bundles.catch(() => undefined);
try {
  await buildCode((line) => console.log(line));
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exit(1);
}
const { main } = await import('../../dist/server/start/main.js');
await main({ began, bundles });
