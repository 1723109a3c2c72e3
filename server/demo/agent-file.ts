/** An agent as a Markdown file: `# Name`, what it is told, `## Facts` as a list, `## Welcome`. */
import type { VersionSettings } from '../../sdk/wire/agent.js';
import { checkPublishable } from '../domain/agents/check-settings.js';
import { DEFAULT_SETTINGS } from '../domain/agents/default-settings.js';
import { DomainError } from '../domain/errors/domain-error.js';
import { createAgentRequest } from '../http/schemas/agent.js';

/** What a file says; other settings of its agent stay as they are. */
export interface AgentFile {
  title: string;
  settings: Pick<VersionSettings, 'prompt' | 'welcome_message'> & { knowledge: string[] };
}

/** A fault in the file: one sentence, and the line where its writer has to look. */
export class AgentFileError extends Error {
  readonly code = 'agent_file_invalid';

  constructor(line: number, sentence: string) {
    super(`line ${line}: ${sentence}`);
    this.name = 'AgentFileError';
  }
}

type Section = 'prompt' | 'facts' | 'welcome';
const ITEM = /^\s*(?:[-*+]|\d+[.)])(?:\s+(.*))?$/;

/** Throws `AgentFileError` for a file that could not be published. */
export function parseAgentFile(text: string): AgentFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const nul = lines.findIndex((line) => line.includes('\0'));
  if (nul >= 0) throw new AgentFileError(nul + 1, 'this is no text.');
  const first = lines.findIndex((line) => line.trim() !== '');
  const title = /^#\s+(.+)$/.exec(lines[first] ?? '')?.[1]?.trim();
  if (title === undefined) {
    throw new AgentFileError(
      Math.max(first, 0) + 1,
      'the file begins with the name: "# My agent".',
    );
  }
  const at = new Map([['title', first + 1]]);
  const told: Record<Section, string[]> = { prompt: [], facts: [], welcome: [] };
  let section: Section = 'prompt';
  let isOpen = false;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    if (index <= first) continue;
    const heading = sectionOf(line);
    if (heading) {
      if (heading !== 'prompt' && at.has(heading)) {
        throw new AgentFileError(
          number,
          `"${line.trim()}" stands in line ${at.get(heading)} already.`,
        );
      }
      section = heading;
      isOpen = false;
      if (!at.has(heading)) at.set(heading, number);
      if (heading !== 'prompt') continue;
    }
    if (section === 'facts') isOpen = addFact(told.facts, line, { number, isOpen, at });
    else {
      if (line.trim() !== '' && !at.has(section)) at.set(section, number);
      told[section].push(line);
    }
  }
  const settings = {
    prompt: told.prompt.join('\n').trim(),
    knowledge: told.facts,
    welcome_message:
      told.welcome.join(' ').replaceAll(/\s+/g, ' ').trim() || DEFAULT_SETTINGS.welcome_message,
  };
  if (at.has('facts') && told.facts.length === 0) {
    throw new AgentFileError(
      at.get('facts') ?? 1,
      'no fact follows: write each as "- We open at nine."',
    );
  }
  return checked({ title, settings }, at);
}

function sectionOf(line: string): Section | null {
  if (!/^##\s+[^\s#:]/.test(line)) return null;
  const name = /^##\s+(facts|welcome)[\s#:]*$/i.exec(line)?.[1]?.toLowerCase();
  return name === 'facts' || name === 'welcome' ? name : 'prompt';
}

/** Whether the next line may go on with the fact. */
function addFact(
  facts: string[],
  line: string,
  { number, isOpen, at }: { number: number; isOpen: boolean; at: Map<string, number> },
): boolean {
  if (line.trim() === '') return false;
  const item = ITEM.exec(line);
  if (item) {
    at.set(`knowledge[${facts.length}]`, number);
    facts.push(item[1]?.trim() ?? '');
    return true;
  }
  const last = facts.length - 1;
  if (!isOpen || line.startsWith('#')) {
    throw new AgentFileError(number, 'a fact begins with "- ".');
  }
  facts[last] = `${facts[last] ?? ''} ${line.trim()}`.trim();
  return true;
}

function checked(file: AgentFile, at: ReadonlyMap<string, number>): AgentFile {
  const lineOf = (path: string): number => {
    const headings: Record<string, string> = { welcome_message: 'welcome', knowledge: 'facts' };
    return at.get(headings[path] ?? path) ?? at.get('title') ?? 1;
  };
  const [issue] = createAgentRequest.safeParse(file).error?.issues ?? [];
  if (issue) {
    const [name = '', place] = issue.path.filter((part) => part !== 'settings');
    const path = place === undefined ? String(name) : `${String(name)}[${String(place)}]`;
    throw new AgentFileError(lineOf(path), `${wordFor(path)}: ${issue.message}.`);
  }
  try {
    checkPublishable(
      { isProviderConfigured: () => true },
      { ...DEFAULT_SETTINGS, ...file.settings },
      new Set(),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const [, path = '', sentence = error.message] =
      /^([\w[\]]+): (.*)$/s.exec(error.messages[0] ?? '') ?? [];
    throw new AgentFileError(lineOf(path), `${wordFor(path)}: ${sentence}`);
  }
  return file;
}

/** As the file calls it. */
function wordFor(path: string): string {
  if (path.startsWith('knowledge[')) return 'this fact';
  return (
    { title: 'the name', knowledge: 'the facts', welcome_message: 'the welcome' }[path] ??
    'the prompt'
  );
}
