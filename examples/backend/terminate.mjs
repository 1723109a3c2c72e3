/**
 * Prints the address of a page that starts a call, waits until somebody is in a call, and ends it from here.
 *
 *   npm start                                    # in another terminal; prints the secret key
 *   DIALNEXA_SECRET_KEY=dnx_sk_… node examples/backend/terminate.mjs [seconds]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendClient, RestError } from '@dialnexa/web-call/backend';

const { DIALNEXA_SERVER_URL: serverUrl = 'http://127.0.0.1:8787', DIALNEXA_SECRET_KEY: secretKey } =
  process.env;
const seconds = Number(process.argv[2] ?? 10);

if (!secretKey) {
  console.error('Set DIALNEXA_SECRET_KEY to the secret key that `npm start` printed.');
  process.exit(1);
}

const backend = new BackendClient({ serverUrl, secretKey });

try {
  console.log(`Open ${serverUrl}/ and start a call. It will be ended from here.`);
  const callId = await nextCall();
  console.log(`${callId} is under way; ending it in ${seconds} s …`);
  await sleep(seconds * 1000);
  const { status, end_reason: reason } = await backend.calls.terminate(callId);
  console.log(`${callId} is ${status}: ${reason}`);
  // The last words reach the record a moment after the end.
  await sleep(2000);
  const { transcript } = await backend.calls.get(callId);
  for (const turn of transcript) console.log(`  ${turn.role}: ${turn.content}`);
} catch (error) {
  if (!(error instanceof RestError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}

/** The first call that somebody is in. */
async function nextCall() {
  for (;;) {
    const { data } = await backend.calls.list({ status: ['initiated', 'received'], limit: 1 });
    if (data[0]) return data[0].id;
    await sleep(500);
  }
}
