import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useCall } from './use-call';

const options = {
  apiKey: import.meta.env.VITE_API_KEY,
  agentId: import.meta.env.VITE_AGENT_ID,
  serverUrl: import.meta.env.VITE_SERVER_URL,
  variables: { visitor: 'Ann' },
};

function Call() {
  const { state, words } = useCall(options);
  return (
    <>
      <output>{state.status}</output>
      <p>{words}</p>
    </>
  );
}

function Page() {
  const [isCalling, setCalling] = useState(false);
  return (
    <main>
      <button onClick={() => setCalling(!isCalling)}>{isCalling ? 'Hang up' : 'Call'}</button>
      {isCalling && <Call />}
    </main>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
