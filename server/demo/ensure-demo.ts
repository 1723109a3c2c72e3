/** The first run gives a newcomer a workspace, two keys and an agent that answers. */
import { draftVersion } from '../domain/agents/draft-version.js';
import { newId } from '../domain/ids.js';
import { draftFirstKeys } from '../domain/keys/first-keys.js';
import type { Clock } from '../domain/ports/clock.js';
import type { AgentRow } from '../domain/ports/rows.js';
import type { KeyStore, IdempotencyStore } from '../domain/ports/store.js';
import type { DemoAgent } from './demo-agent.js';

/** The keys' texts, which are nowhere else: shown once and never again. */
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

/** What seeding needs of the server. */
export interface SeedPorts {
  store: Pick<IdempotencyStore, 'findDemoPage' | 'insertDemo'> & Pick<KeyStore, 'setKeyOrigins'>;
  clock: Clock;
}

/** What is seeded: the agent, and a key for pages at these origins. */
export interface DemoSeed {
  agent: DemoAgent;
  origins: readonly string[];
}

/** `null`: it was seeded before. The demo key's origins follow where the server is now. */
export async function ensureDemo(ports: SeedPorts, demo: DemoSeed): Promise<FirstRun | null> {
  const page = await ports.store.findDemoPage();
  const firstRun = page ? null : await seed(ports, demo);
  if (firstRun) return firstRun;
  const seeded = page ?? (await ports.store.findDemoPage());
  if (seeded) await ports.store.setKeyOrigins(seeded.key_id, [...demo.origins]);
  return null;
}

/** `null` before the demo is seeded. */
export async function demoPage(
  store: Pick<IdempotencyStore, 'findDemoPage'>,
): Promise<DemoPage | null> {
  const page = await store.findDemoPage();
  return page && { agent_id: page.agent_id, publishable_key: page.publishable_key };
}

async function seed(
  { store, clock }: SeedPorts,
  { agent: demo, origins }: DemoSeed,
): Promise<FirstRun | null> {
  const now = clock.now();
  const { workspace, publishable, secret } = draftFirstKeys(origins, now);
  const agent: AgentRow = {
    id: newId('agent'),
    workspace_id: workspace.id,
    title: demo.title,
    created_at: now,
    updated_at: now,
  };
  const published = {
    ...draftVersion(agent.id, 1, demo.settings, now),
    is_published: true,
    version_title: demo.version_title,
    published_at: now,
    published_by: secret.row.id,
  };
  const isFirst = await store.insertDemo({
    workspace,
    keys: [publishable.row, secret.row],
    agent,
    versions: [published, draftVersion(agent.id, 2, demo.settings, now)],
    page: { agent_id: agent.id, publishable_key: publishable.key, key_id: publishable.row.id },
  });
  if (!isFirst) return null;
  return { publishable_key: publishable.key, secret_key: secret.key, agent_id: agent.id };
}
