/** What screen readers announce about the call. The transcript, a log, announces what is said. */
import type { ViewModel } from './view-model.js';

/** One sentence, or none. The panel of a failed call announces errors itself. */
export function announcement({ view, state, texts, audioBlocked }: ViewModel): string {
  if (view !== 'call' && view !== 'ended') return '';
  switch (state.status) {
    case 'starting':
      return texts.stages[state.stage];
    case 'active':
      if (state.agentState === 'gone') return texts.agentStates.gone;
      return audioBlocked ? `${texts.connected} ${texts.soundBlocked}` : texts.connected;
    case 'reconnecting':
      return `${texts.interrupted} ${texts.reconnecting}`;
    case 'ending':
      return texts.ending;
    case 'ended':
      return `${texts.ended}. ${texts.endReasons[state.endReason]}`;
    default:
      return '';
  }
}
