/** The first run gives a newcomer a workspace, two keys and an agent that answers. */
import { draftKey } from '../keys/api-key-verbs.js';
import { newWorkspace } from '../keys/new-workspace.js';
import { DEFAULT_SETTINGS } from '../agents/default-settings.js';
import { draftVersion } from '../agents/draft-version.js';
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AgentRow } from '../ports/rows.js';
import { BICYCLE_WORKSHOP } from './bicycle-workshop.js';

/** The keys' texts, which are nowhere else. */
export interface FirstRun {
  publishable_key: string;
  secret_key: string;
  agent_id: string;
}

/** What `/` shows. */
export interface DemoPage {
  agent_id: string;
  publishable_key: string;
}

/** `null`: it was seeded before. The demo key's origins follow where the server is now. */
export async function ensureDemo(
  ports: DomainPorts,
  input: { origins: readonly string[] },
): Promise<FirstRun | null> {
  const page = await ports.store.findDemoPage();
  const firstRun = page ? null : await seed(ports, input.origins);
  if (firstRun) return firstRun;
  const seeded = page ?? (await ports.store.findDemoPage());
  if (seeded) await ports.store.setKeyOrigins(seeded.key_id, [...input.origins]);
  return null;
}

/** `null` before the demo is seeded. */
export async function demoPage(ports: DomainPorts): Promise<DemoPage | null> {
  const page = await ports.store.findDemoPage();
  return page && { agent_id: page.agent_id, publishable_key: page.publishable_key };
}

async function seed(ports: DomainPorts, origins: readonly string[]): Promise<FirstRun | null> {
  const now = ports.clock.now();
  const workspace = newWorkspace('Demo', now);
  const workspaceId = workspace.id;
  const publishable = draftKey(
    workspaceId,
    { name: 'Demo page', kind: 'publishable', allowed_origins: [...origins] },
    now,
  );
  const secret = draftKey(workspaceId, { name: 'First secret key', kind: 'secret' }, now);
  const agent: AgentRow = {
    id: newId('agent'),
    workspace_id: workspaceId,
    title: BICYCLE_WORKSHOP.title,
    created_at: now,
    updated_at: now,
  };
  const settings = { ...DEFAULT_SETTINGS, ...BICYCLE_WORKSHOP.settings };
  const published = {
    ...draftVersion(agent.id, 1, settings, now),
    is_published: true,
    version_title: BICYCLE_WORKSHOP.version_title,
    published_at: now,
    published_by: secret.row.id,
  };
  const isFirst = await ports.store.insertDemo({
    workspace,
    keys: [publishable.row, secret.row],
    agent,
    versions: [published, draftVersion(agent.id, 2, settings, now)],
    page: { agent_id: agent.id, publishable_key: publishable.key, key_id: publishable.row.id },
  });
  if (!isFirst) return null;
  return { publishable_key: publishable.key, secret_key: secret.key, agent_id: agent.id };
}
