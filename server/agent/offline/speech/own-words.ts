/** Knows the words that a version says to everybody, which may be kept beyond a call: whatever else is said may be about its caller. */
import type { AgentJobSuccessor } from '../../../../sdk/wire/agent-job.js';

/** Variables whose values are the same in all calls of an agent. */
const OF_THE_AGENT = ['agent_id', 'agent_name'];
/** Less of a value tells nobody anything. */
const FEWEST_LETTERS = 2;
/** Shorter values stand in other words by chance. */
const TELLING_LETTERS = 3;

/** The version of a call, with the call's variables in their places. */
export type OwnWordsOf = Pick<AgentJobSuccessor, 'variables'> & {
  settings: Pick<
    AgentJobSuccessor['settings'],
    'welcome_message' | 'dialogue' | 'knowledge' | 'prompt' | 'default_dynamic_variables'
  >;
};

/** Whether a sentence stands in the version as it is said, and nothing in it can have come from a variable. */
export function ownWords({ settings, variables }: OwnWordsOf): (sentence: string) => boolean {
  const { welcome_message, dialogue, knowledge, prompt, default_dynamic_variables } = settings;
  const words = plain([welcome_message, prompt, ...stringsIn([dialogue, knowledge])].join('\n'));
  const given = Object.entries(variables).filter(
    ([name, value]) => !OF_THE_AGENT.includes(name) && value !== default_dynamic_variables?.[name],
  );
  const foreign = given.flatMap(([, value]) => wordsOf(String(value)));
  return (sentence) => {
    const said = wordsOf(sentence);
    const isFilled = foreign.some((word) => said.some((one) => mayBeOf(word, one)));
    return !isFilled && words.includes(plain(sentence));
  };
}

/** A template may have cut a value, or set it beside other letters. */
function mayBeOf(value: string, said: string): boolean {
  const isBegun = said.length >= FEWEST_LETTERS && value.startsWith(said);
  return isBegun || said === value || (value.length >= TELLING_LETTERS && said.includes(value));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
