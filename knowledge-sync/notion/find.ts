import type { Audience } from '#domain/knowledge.ts';
import { RemoteError } from '#errors.ts';
import { askAbove, isTrashed, pageNode } from './above.ts';
import type { NotionClient } from './client.ts';
import type { Page, Parent } from './schema.ts';
import { type Declared, isSeen, known, type Nodes, standingOf } from './tree.ts';

/** More than that is not asked for while somebody waits for an answer: pages, databases and blocks above one. */
const maxAbove = 12;
/** So many pages that a page has text of are asked for anew; of more it counts what the latest listing found. */
const maxHomes = 3;

export interface Finding {
  readonly client: NotionClient;
  readonly audiences: Declared;
  readonly nodes: Nodes;
}
export interface Found {
  readonly page: Page;
  readonly audience: Audience;
  readonly nodes: Nodes;
}

/** The page, with what stands above it as it is known; null when it, or anything above it, is gone. */
export async function findPage(id: string, finding: Finding): Promise<Found | null> {
  const page = noted(await finding.client.page(id), id, finding.nodes);
  return page === null ? null : await standing(page, { ...finding, asked: new Set(), isAnew: false });
}

/**
 * The page as it is this moment: all above it is asked for anew, and so are the pages that it has text of with what is
 * above them. As many requests as that is, most of them at the same time.
 */
export async function findPageAnew(id: string, finding: Finding): Promise<Found | null> {
  const { client, nodes } = finding;
  const asked = new Set<string>();
  const asking = { ...finding, asked, isAnew: true };
  const [answer] = await Promise.all([client.page(id), askKnown(id, asking)]);
  const page = noted(answer, id, nodes);
  if (page === null) return null;
  const found = await standing(page, asking);
  const node = nodes.get(id);
  if (found !== null && isSeen(node)) {
    const homes = node.texts.filter((home) => !asked.has(home)).slice(0, maxHomes);
    await Promise.all(homes.map((home) => askHome(home, { ...asking, asked: new Set([id, ...asked]) })));
  }
  return found;
}

interface Asking extends Finding {
  /** What was asked for this time. */
  readonly asked: Set<string>;
  /** Whether what is known counts only once it was asked for. */
  readonly isAnew: boolean;
}

/** Notes the page; null when it is not there. */
function noted(page: Page | null, id: string, nodes: Nodes): Page | null {
  if (page === null) return null;
  if (isTrashed(page)) {
    nodes.set(id, 'gone');
    return null;
  }
  nodes.set(id, pageNode(page, nodes.get(id)));
  const { kind, id: above, databaseId } = page.parent;
  if (kind === 'data_source' && databaseId !== null && !isSeen(nodes.get(above))) {
    nodes.set(above, known('data_source', { parent: { kind: 'database', id: databaseId } }));
  }
  return page;
}

async function standing(page: Page, asking: Asking): Promise<Found | null> {
  const { client, audiences, nodes, asked, isAnew } = asking;
  for (let more = 0; more <= maxAbove; more += 1) {
    if (isAnew) await askWhatDiffers(page.id, asking);
    const stands = standingOf(page.id, nodes, audiences);
    if (stands.kind === 'gone') return null;
    if (stands.kind === 'readable') return { page, audience: stands.audience, nodes };
    asked.add(stands.missing.id);
    await askAbove(stands.missing, client, { nodes });
  }
  throw new RemoteError('Notion', 'unavailable', { message: 'what stands above a page is not known yet' });
}

/** Until all above is as it was just told. */
async function askWhatDiffers(id: string, asking: Asking): Promise<void> {
  while (await askKnown(id, asking));
}

/** Asks for what is known to stand above, all at once. Says whether there was any that had not been asked for. */
async function askKnown(id: string, { client, nodes, asked }: Asking): Promise<boolean> {
  const next = knownAbove(id, nodes)
    .filter((above) => !asked.has(above.id))
    .slice(0, Math.max(0, maxAbove - asked.size));
  for (const above of next) asked.add(above.id);
  await Promise.all(next.map((above) => askAbove(above, client, { nodes })));
  return next.length > 0;
}

function knownAbove(id: string, nodes: Nodes): readonly Parent[] {
  const above = new Map<string, Parent>();
  let node = nodes.get(id);
  while (isSeen(node) && node.parent.kind !== 'none' && !above.has(node.parent.id)) {
    const { parent } = node;
    node = nodes.get(parent.id);
    if (node !== undefined) above.set(parent.id, parent);
  }
  return [...above.values()];
}

/** A page that another has text of. What is not known above it closes it. */
async function askHome(id: string, asking: Asking): Promise<void> {
  const { client, nodes } = asking;
  await Promise.all([askAbove({ kind: 'page', id }, client, { nodes }), askKnown(id, asking)]);
  await askWhatDiffers(id, asking);
  const node = nodes.get(id);
  const stands = standingOf(id, nodes, asking.audiences);
  if (!isSeen(node) || stands.kind !== 'unknown') return;
  asking.asked.add(stands.missing.id);
  await askAbove(stands.missing, client, { nodes });
}
