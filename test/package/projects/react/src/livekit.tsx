import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import {
  RoomAudioRenderer,
  SessionProvider,
  useAgent,
  useSession,
  useSessionMessages,
} from '@livekit/components-react';
import { TokenSource } from 'livekit-client';

const { VITE_API_KEY, VITE_AGENT_ID, VITE_SERVER_URL } = import.meta.env;

function Page() {
  const source = useMemo(
    () =>
      TokenSource.endpoint(`${VITE_SERVER_URL}/v1/livekit/token`, {
        headers: { authorization: `Bearer ${VITE_API_KEY}` },
      }),
    [],
  );
  const session = useSession(source, {
    agentName: VITE_AGENT_ID,
    agentMetadata: JSON.stringify({ visitor: 'Ann' }),
  });
  const agent = useAgent(session);
  const { messages } = useSessionMessages(session);
  const start = () => session.start({ tracks: { microphone: { enabled: true } } });
  return (
    <SessionProvider session={session}>
      <button onClick={() => void (session.isConnected ? session.end() : start())}>
        {session.isConnected ? 'Hang up' : 'Call'}
      </button>
      <output>{agent.state}</output>
      <p>{messages.map(({ message }) => message).join(' ')}</p>
      <RoomAudioRenderer />
    </SessionProvider>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
