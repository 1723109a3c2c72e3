/** Who writes which lines of the page's transcript. */
import { expect, it } from 'vitest';
import { transcriptRole } from '../../../sdk/media/transcript-role.js';

it('takes no line from anybody but the caller and agents', () => {
  const room = {
    localParticipant: { identity: 'caller' },
    remoteParticipants: new Map([
      ['agent-1', { isAgent: true, attributes: { 'lk.agent.state': 'idle' } }],
      ['guest', { isAgent: false, attributes: { 'lk.agent.state': 'speaking' } }],
    ]),
  };
  const role = (identity: string) => transcriptRole(room, identity);
  expect(['caller', 'agent-1', 'agent-that-just-came'].map(role)).toEqual([
    'user',
    'agent',
    'agent',
  ]);
  // The media server gives no name to who is hidden.
  expect(['guest', ''].map(role)).toEqual([null, null]);
});
