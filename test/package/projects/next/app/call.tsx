'use client';
import { useState } from 'react';
import { DialNexaCall } from '@dialnexa/web-call/react';

export function Call({ visitor }: { visitor: string }) {
  const [end, setEnd] = useState('');
  return (
    <>
      <DialNexaCall
        api-key={process.env.NEXT_PUBLIC_API_KEY}
        agent-id={process.env.NEXT_PUBLIC_AGENT_ID}
        server-url={process.env.NEXT_PUBLIC_SERVER_URL}
        variables={{ visitor }}
        metadata={{ plan: 'pro' }}
        ondialnexa-ended={({ detail }) => setEnd(detail.endReason)}
      />
      <output>{end}</output>
    </>
  );
}
