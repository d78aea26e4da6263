import { DocumentFault } from '#errors.ts';
import type { KnowledgeSource, KnowledgeWriting, ListedDocument } from '#knowledge-ports.ts';

/** What a source says is there. */
export interface Listing {
  readonly documents: readonly ListedDocument[];
  /** Names of the source's groups; null when it does not tell. */
  readonly groups: ReadonlySet<string> | null;
  readonly groupsFault: string | null;
  /** Why the listing ended early; null when it is complete. */
  readonly brokenOff: Error | null;
}

/** Stores the groups and lists the documents. A listing that breaks off still counts as far as it came. */
export async function listSource(
  { source, knowledge }: { source: KnowledgeSource; knowledge: Pick<KnowledgeWriting, 'putGroups'> },
  listing: { signal: AbortSignal | null; onListed: (listed: number) => void },
): Promise<Listing> {
  const documents: ListedDocument[] = [];
  let told: Pick<Listing, 'groups' | 'groupsFault'> = { groups: null, groupsFault: null };
  try {
    told = await syncGroups(source, knowledge);
    for await (const document of source.list()) {
      listing.signal?.throwIfAborted();
      documents.push(document);
      listing.onListed(documents.length);
    }
    return { documents, ...told, brokenOff: null };
  } catch (error) {
    const brokenOff = error instanceof Error ? error : new Error('The listing failed.', { cause: error });
    return { documents, ...told, brokenOff };
  }
}

async function syncGroups(
  source: KnowledgeSource,
  knowledge: Pick<KnowledgeWriting, 'putGroups'>,
): Promise<Pick<Listing, 'groups' | 'groupsFault'>> {
  try {
    const groups = await source.groups();
    await knowledge.putGroups(source.name, groups);
    return { groups: new Set(groups.map(({ name }) => name)), groupsFault: null };
  } catch (error) {
    if (error instanceof DocumentFault) return { groups: null, groupsFault: error.message };
    throw error;
  }
}
