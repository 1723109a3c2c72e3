/** What a call was about, made from its turns and their intents. */
import type { CallAnalysis } from '../../../sdk/wire/call.js';
import type { AnalysisRequest } from '../../domain/ports/analyst.js';
import { cleanText } from '../clean-text.js';

const LONGEST_QUOTE = 160;
const LONGEST = 2_000;
/** Further intents are counted only. */
const MOST_INTENTS = 5;

/** Two to four English sentences. */
export function summaryOf(request: AnalysisRequest, fields: CallAnalysis['fields']): string {
  const said = request.turns.filter(({ role }) => role === 'user');
  const [first] = said;
  const last = request.turns.filter(({ role }) => role === 'agent').at(-1);
  const sentences = [
    first ? aboutOf(said) : 'The caller said nothing.',
    ...(first && intentsOf(said).length === 0 ? [`It began with ${quote(first.content)}`] : []),
    ...(Object.keys(fields).length > 0 ? [`Told: ${toldOf(fields)}.`] : []),
    ...(last ? [`The agent's last words were ${quote(last.content)}`] : []),
  ];
  return cleanText(sentences.join(' '), LONGEST);
}

function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}

function aboutOf(said: AnalysisRequest['turns']): string {
  const intents = intentsOf(said);
  const typed = said.filter(({ via }) => via === 'text').length;
  const ways = [
    ...(typed < said.length ? [`spoke ${times(said.length - typed)}`] : []),
    ...(typed > 0 ? [`typed ${times(typed)}`] : []),
  ].join(' and ');
  if (intents.length === 0) return `The caller ${ways}.`;
  const shown = intents.slice(0, MOST_INTENTS);
  const more = intents.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  const list = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}` : all[0];
  return `The caller ${ways}, about ${list ?? ''}.`;
}

/** Their names in words, each once, in order. */
function intentsOf(said: AnalysisRequest['turns']): string[] {
  const names = said.flatMap(({ intent }) => intent ?? []);
  return [...new Set(names)].map((name) => cleanText(name.replaceAll('_', ' '), 100));
}

function toldOf(fields: CallAnalysis['fields']): string {
  return Object.entries(fields)
    .map(([name, { value }]) => `${name.replaceAll('_', ' ')} ${cleanText(String(value), 100)}`)
    .join(', ');
}

/** The end of a sentence; words that end one themselves get no second full stop. */
function quote(text: string): string {
  const words = cleanText(text, LONGEST_QUOTE).replaceAll(/[“”]/g, '"');
  return `“${words}”${/[.!?…]$/.test(words) ? '' : '.'}`;
}
