/** Keeps an agent as its Markdown file says: published at start, and again whenever the file is saved. */
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Domain } from '../domain/create-domain.js';
import { DomainError } from '../domain/errors/domain-error.js';
import type { Principal } from '../domain/keys/principal.js';
import { AgentFileError, parseAgentFile } from './agent-file.js';
import type { AgentFile } from './agent-file.js';
import { readSettled } from './read-settled.js';

/** Editors replace a file in ways of their own, so it is looked at, not listened to. */
const LOOK_MS = 300;
const MOST_BYTES = 500_000;
const PAGE = 200;
const ENDS_CALLS = {
  type: 'end_call' as const,
  name: 'end_call',
  description: 'Ends the call when the caller says goodbye.',
};

/** The verbs that it takes. */
export type AgentFileVerbs = Pick<
  Domain,
  'createAgent' | 'getAgent' | 'listAgents' | 'updateAgent' | 'getVersion' | 'publishVersion'
>;

/** What the page shows. */
export interface FiledAgent {
  id: string;
  title: string;
}

/** A file that is followed. */
export interface FollowedFile {
  /** `null`: nothing of the file was ever published. */
  agent(): FiledAgent | null;
  stop(): Promise<void>;
}

/** Reads the file. Throws a sentence that names it, as an `Error` whose cause is the fault. */
export function readAgentFile(path: string): AgentFile {
  const name = basename(path);
  let text: string;
  try {
    const file = statSync(path);
    if (!file.isFile()) throw new Error('it is no file');
    if (file.size > MOST_BYTES) throw new Error('it is larger than half a megabyte');
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : (code ?? message);
    throw new Error(`The agent file ${path} cannot be read: ${reason}.`, { cause });
  }
  try {
    return parseAgentFile(text);
  } catch (cause) {
    if (!(cause instanceof AgentFileError)) throw cause;
    throw new Error(`${name}, ${cause.message}`, { cause });
  }
}

/**
 * `tell`: one line for whoever writes the file. Resolves when it was published for the first time, or refused. What is still
 * being written is waited for.
 */
export async function followAgentFile(
  path: string,
  verbs: AgentFileVerbs,
  owner: () => Promise<Principal>,
  tell: (line: string) => void,
): Promise<FollowedFile> {
  let agent: FiledAgent | null = null;
  let work = Promise.resolve();
  let readMark = '';
  const stopping = new AbortController();
  const publish = async (): Promise<void> => {
    const read = await readSettled(path, () => readAgentFile(path), stopping.signal);
    // One save may be noticed several times.
    if (!read || read.mark === readMark) return;
    readMark = read.mark;
    try {
      if ('error' in read) throw read.error;
      const file = read.value;
      const published = await publishFile(file, agent, verbs, await owner());
      // The start prints keys and the demo agent's id; this is another agent.
      const id = agent === null ? ` Its id is ${published.id}.` : '';
      agent = { id: published.id, title: file.title };
      if (published.number !== null) {
        tell(
          `${basename(path)}: version ${published.number} of "${file.title}" is published.${id}`,
        );
      }
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      const named = error instanceof DomainError ? `${basename(path)}: ${sentence}` : sentence;
      tell(`${named} The running version stays.`);
    }
  };
  const save = (): Promise<void> => (work = work.then(publish));
  const look = (): void => void save();
  watchFile(path, { interval: LOOK_MS, persistent: false }, look);
  await save();
  return {
    agent: () => agent,
    stop: () => {
      unwatchFile(path, look);
      stopping.abort();
      return work;
    },
  };
}

/** `number` is null when what is published says the same. Its agent is the one of its name, until it runs. */
async function publishFile(
  { title, settings }: AgentFile,
  running: FiledAgent | null,
  verbs: AgentFileVerbs,
  principal: Principal,
): Promise<{ id: string; number: number | null }> {
  const found = running
    ? await verbs.getAgent(principal, running.id)
    : await findByTitle(title, verbs, principal);
  const agent =
    found ??
    (await verbs.createAgent(principal, {
      title,
      settings: { ...settings, functions: [ENDS_CALLS] },
    }));
  if (found && found.current_version_number !== null) {
    const current = await verbs.getVersion(principal, agent.id, found.current_version_number);
    const { prompt, knowledge, welcome_message } = current.settings;
    const isSame = isDeepStrictEqual({ prompt, knowledge, welcome_message }, { ...settings });
    if (isSame) {
      if (found.title !== title) await verbs.updateAgent(principal, agent.id, { title });
      return { id: agent.id, number: null };
    }
  }
  const { draft_version_number: number } = await verbs.updateAgent(principal, agent.id, {
    title,
    settings,
  });
  await verbs.publishVersion(principal, agent.id, number, undefined);
  return { id: agent.id, number };
}

async function findByTitle(
  title: string,
  verbs: AgentFileVerbs,
  principal: Principal,
): Promise<Awaited<ReturnType<AgentFileVerbs['getAgent']>> | null> {
  let cursor: string | undefined;
  for (;;) {
    const page = await verbs.listAgents(principal, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    const found = page.data.find((one) => one.title === title);
    if (found || page.next_cursor === null) return found ?? null;
    cursor = page.next_cursor;
  }
}
