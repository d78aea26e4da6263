import { createHash } from 'node:crypto';
import type { Document, Group } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';
import type { KnowledgeSource, ListedDocument } from '#knowledge-ports.ts';
import type { Clock } from '#ports.ts';
import { readDocument } from './document.ts';
import { readBytes, walk } from './files.ts';
import { readGroups } from './groups.ts';
import { createRevisions } from './revisions.ts';

/** Raised when the same bytes give another document than before, so that an upgrade reads all files again. */
const readerVersion = 1;

/** Never stored, so such a file is read, and its fault reported, at every sync. */
const unreadable = 'unreadable';

/** Some thousand members. The time that the parser takes for a text made to keep it busy grows with the square. */
const maxGroupsBytes = 100_000;

/**
 * A folder of Markdown files as a source of documents; `docs/vpn.md` is the document `docs/vpn.md`. See `readDocument`
 * for the front matter, `walk` for what belongs to the folder.
 *
 * The revision is a hash of the file's bytes. The first listing reads every file; later ones only those whose size,
 * times or inode changed. `groups.yml` at the top holds the groups, and can be missing.
 *
 * `list` throws SetupError when the folder, or one in it, cannot be read. `read` and `groups` throw DocumentFault.
 *
 * @param options.name of the source, `markdown` when not given. Documents are stored under it: two folders need two.
 */
export function createMarkdownFolder(options: { folder: string; clock: Clock; name?: string }): KnowledgeSource {
  const { folder, clock, name = 'markdown' } = options;
  const revisions = createRevisions((id) => readRevision(folder, id), clock);

  async function* list(): AsyncGenerator<ListedDocument> {
    for await (const file of walk(folder)) {
      const revision = await revisions.of(file);
      if (revision !== null) yield { id: file.id, revision, audience: null };
    }
    revisions.forgetOthers();
  }

  async function read(id: string): Promise<Document | null> {
    const bytes = await readBytes(folder, id);
    return bytes === null ? null : { source: name, id, revision: revisionOf(bytes), ...readDocument(bytes, name) };
  }

  async function lookUp(id: string): Promise<ListedDocument | null> {
    const revision = await readRevision(folder, id);
    return revision === null ? null : { id, revision, audience: null };
  }

  async function groups(): Promise<readonly Group[]> {
    try {
      const bytes = await readBytes(folder, 'groups.yml', maxGroupsBytes);
      return bytes === null ? [] : readGroups(bytes);
    } catch (error) {
      throw error instanceof DocumentFault ? new DocumentFault(`groups.yml ${error.message}`, { cause: error }) : error;
    }
  }

  return { name, groups, list, lookUp, read };
}

async function readRevision(folder: string, id: string): Promise<string | null> {
  try {
    const bytes = await readBytes(folder, id);
    return bytes === null ? null : revisionOf(bytes);
  } catch (error) {
    if (error instanceof DocumentFault) return unreadable;
    throw error;
  }
}

function revisionOf(bytes: Uint8Array): string {
  return `${readerVersion}-${createHash('sha256').update(bytes).digest('hex')}`;
}
