/** `missing_variable`: the agent spoke a placeholder, since the call had no value for it. */
import { PLACEHOLDER } from '../../templates/render-template.js';
import { findingRule } from '../finding-rule.js';

export const missingVariable = findingRule({
  severity: 'fault',
  meaning:
    'The agent spoke `{{name}}` literally: neither the call nor the version has a value for it.',
  find({ agentTurns, quote }) {
    let first: { at: number; name: string } | null = null;
    let times = 0;
    for (const turn of agentTurns) {
      if (!turn.content.includes('{{')) continue;
      for (const [, inside = ''] of turn.content.matchAll(PLACEHOLDER)) {
        times += 1;
        first ??= { at: turn.start_ms, name: quote(inside.split('|')[0] ?? '') };
      }
    }
    return first && { at_ms: first.at, values: { times, name: first.name } };
  },
});
