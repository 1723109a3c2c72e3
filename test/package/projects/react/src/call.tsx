import { useState } from 'react';
import { DialNexaCall } from '@dialnexa/web-call/react';

const { VITE_API_KEY, VITE_AGENT_ID, VITE_SERVER_URL } = import.meta.env;

export function Call({ visitor }: { visitor: string }) {
  const [end, setEnd] = useState('');
  return (
    <main>
      <h1>A call</h1>
      <DialNexaCall
        api-key={VITE_API_KEY}
        agent-id={VITE_AGENT_ID}
        server-url={VITE_SERVER_URL}
        lang="en"
        variables={{ visitor }}
        metadata={{ plan: 'pro' }}
        ondialnexa-ended={({ detail }) => setEnd(detail.endReason)}
      />
      <output>{end}</output>
    </main>
  );
}
