/** `npm run livekit`: starts a real livekit-server on loopback and says how to use it with `npm start`. */
import { ensureLivekitServer } from './livekit-server.mjs';
import { readLivekitSettings } from './livekit-settings.mjs';
import { runLivekit } from './run-livekit.mjs';

let stop = () => process.exit(130);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop());

try {
  const settings = readLivekitSettings(process.env);
  const program = await ensureLivekitServer(process.env, (line) => console.log(line));
  const server = await runLivekit(program, settings);
  stop = server.stop;
  const variables = [
    `LIVEKIT_URL=${server.url}`,
    `LIVEKIT_API_KEY=${settings.apiKey}`,
    `LIVEKIT_API_SECRET=${settings.apiSecret}`,
  ];
  console.log(`\n${server.version} listens on ${server.url} (${program}). In another terminal:\n`);
  console.log(`  ${variables.join(' \\\n    ')} npm start\n`);
  console.log(`Room events go to ${settings.webhookUrl ?? 'nobody'}. Ctrl-C ends it.`);
  process.exitCode = await server.ended;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
