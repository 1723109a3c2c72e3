import { useEffect, useState } from 'react';
import { DialNexaWebCall, type CallState, type WebCallOptions } from '@dialnexa/web-call';

/** A call for as long as the component is there. */
export function useCall(options: WebCallOptions): { state: CallState; words: string } {
  const [state, setState] = useState<CallState>({ status: 'idle' });
  const [words, setWords] = useState('');
  useEffect(() => {
    const call = new DialNexaWebCall(options);
    call.on('stateChange', (change) => setState(change.state));
    call.on('transcript', () => setWords(call.transcript.map(({ text }) => text).join(' ')));
    call.start().catch(() => {}); // `state` tells it.
    return () => void call.end();
  }, [options]);
  return { state, words };
}
