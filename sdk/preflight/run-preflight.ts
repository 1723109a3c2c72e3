/** A trial of microphone, server and route before a call. Its code is loaded when it is run. */
import { levelOf } from '../audio/level-meter.js';
import { asOptions } from '../check-arguments.js';
import { checkConnection } from '../check-options.js';
import { loadCode } from '../media/load-code.js';
import { supportedEngine } from '../media/supported-engine.js';
import { browserPorts, type CallPorts } from '../ports.js';
import { RestClient } from '../rest/rest-client.js';
import { callErrorOf } from '../run/call-error-of.js';
import type { PreflightOptions, PreflightReport } from './preflight-report.js';

/**
 * Tries what a call needs: opens the microphone and listens to it, asks the server for a grant, and sends sound to the media
 * server, where nobody hears it. No agent is called and no record is made. To be run from a click. `ports` are for tests.
 *
 * @throws {CallError} `invalid_options`, `secret_key_in_page` or `server_url_missing` when the options cannot make a call;
 *   `media_code_failed`, `offline` or `blocked_by_page_policy` when its code could not be loaded. All else is in the report.
 * @example
 * const { ok, problems } = await runPreflight({ apiKey: 'dnx_pk_…', serverUrl: 'https://calls.example.com' });
 * if (!ok) alert(problems.map(({ message, remedy }) => `${message} ${remedy}`).join('\n'));
 */
export async function runPreflight(
  options: PreflightOptions,
  ports: Partial<CallPorts> = {},
): Promise<PreflightReport> {
  const { apiKey, serverUrl, audio, fetch } = asOptions('the trial', () =>
    checkConnection(options),
  );
  const { loadMedia, microphone, createAudioContext } = { ...browserPorts, ...ports };
  const usesMicrophone = options.microphone !== false;
  // Browsers suspend an AudioContext that is made outside a click.
  const context = usesMicrophone ? createAudioContext() : null;
  try {
    const { tryCall } = await loadCode(() => import('./try-call.js'));
    return await tryCall({
      options,
      context,
      levelOf,
      loadMedia: () => loadMedia().then(supportedEngine),
      openMicrophone: usesMicrophone ? () => microphone.open(audio, false) : null,
      requestGrant: () => new RestClient(serverUrl, apiKey, fetch).tryMedia(),
      errorOf: callErrorOf,
    });
  } finally {
    if (context && context.state !== 'closed') await context.close();
  }
}
