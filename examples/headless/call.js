/** The SDK behind buttons of one's own. With a bundler: `import { DialNexaWebCall } from '@dialnexa/web-call'`. */
const { serverUrl, apiKey, agentId } = document.body.dataset;
const { DialNexaWebCall } = await import(`${serverUrl}/sdk.js`);
const $ = (id) => document.getElementById(id);

const call = new DialNexaWebCall({
  serverUrl,
  apiKey,
  agentId,
  variables: { visitor_name: 'Ada' },
  metadata: { example: 'headless' },
});

call.on('stateChange', ({ state }) => {
  const over = ['idle', 'ended', 'failed'].includes(state.status);
  $('start').disabled = !over;
  $('end').disabled = over;
  $('mute').disabled = over || state.status === 'ending';
  $('status').textContent = describe(state);
});
call.on('muted', ({ muted }) => ($('mute').textContent = muted ? 'Unmute' : 'Mute'));
call.on('audioLevel', ({ user, agent }) => {
  $('user').value = user;
  $('agent').value = agent;
});
call.on('transcript', ({ id, role, text, final }) => {
  const line = $(id) ?? $('transcript').appendChild(document.createElement('li'));
  line.id = id;
  line.textContent = `${role === 'user' ? 'You' : 'Agent'}: ${text}${final ? '' : ' …'}`;
});

// The media code is fetched while the pointer is still on its way to the click.
$('start').addEventListener('pointerenter', () => call.warmUp(), { once: true });
// A refusal is shown by the state; start() rejects with the same error.
$('start').addEventListener('click', () => call.start().catch(console.warn));
$('end').addEventListener('click', () => call.end());
$('mute').addEventListener('click', () => (call.muted ? call.unmute() : call.mute()).catch(show));
$('write').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = event.target.elements.text;
  call.sendText(field.value).then(() => (field.value = ''), show);
});

function show(error) {
  $('status').textContent = `${error.message} ${error.remedy}`;
}

function describe(state) {
  switch (state.status) {
    case 'starting':
      return `Starting: ${state.stage.replaceAll('_', ' ')}`;
    case 'active':
      return `In a call, the agent is ${state.agentState}`;
    case 'ended':
      return `Ended: ${state.endReason}, ${Math.round(state.durationMs / 1000)} s`;
    case 'failed':
      return `${state.error.summary} ${state.error.remedy}`;
    default:
      return state.status;
  }
}
