import { randomUUID } from 'node:crypto';
import { deskOf, type NewPageFile, otherProject, type PageDesk, type PageJira, type StatusName } from './jira-parts.ts';
import { Refusal } from './requests.ts';

interface Act {
  readonly as: string;
  readonly key: string;
}

/** What IT staff do with an issue, from the page. Each act refuses with 400, in Jira's words, what Jira refuses. */
export interface Desk {
  about(): {
    readonly staff: readonly { readonly name: string; readonly email: string }[];
    readonly maxFileBytes: number;
    readonly otherProject: string;
  };
  /** @throws Refusal 404 when a file is no longer there: it must be chosen anew. */
  comment(act: Act & { text: string; isInternal: boolean; files: readonly string[] }): { readonly id: string };
  editComment(act: Act & { id: string; text: string }): void;
  removeComment(act: Act & { id: string }): void;
  attach(act: Act & { files: readonly string[] }): void;
  assign(act: Act & { assignee: string | null }): void;
  transition(act: Act & { to: StatusName; resolution?: string | undefined }): void;
  removeIssue(act: Act): void;
  moveIssue(act: Act): { readonly key: string };
  /** Keeps a file until a comment takes it, or so many others come. @returns its id. */
  stage(file: NewPageFile): string;
  staged(id: string): NewPageFile | null;
  attachment(id: string): NewPageFile | null;
  readonly maxFileBytes: () => number;
}

/** Most that waits for its comment: somebody who never sends it must not fill the memory. */
const maxStagedFiles = 40;
const maxStagedBytes = 120 * 1024 * 1024;

/** Null when nobody can do anything in this Jira. */
export function createDesk(jira: PageJira): Desk | null {
  const acts = deskOf(jira);
  return acts === null ? null : { ...fileSide(acts), ...actSide(acts) };
}

type FileSide = Pick<Desk, 'about' | 'comment' | 'attach' | 'stage' | 'staged' | 'attachment' | 'maxFileBytes'>;

function fileSide(jira: PageDesk): FileSide {
  const waiting = new Map<string, NewPageFile>();

  /** The files with these ids; they wait until the act has succeeded. */
  function find(ids: readonly string[]): NewPageFile[] {
    return ids.map((id) => {
      const file = waiting.get(id);
      if (file === undefined) throw new Refusal(404, 'One of the files is no longer there. Please choose it again.');
      return file;
    });
  }
  function forget(ids: readonly string[]): void {
    for (const id of ids) waiting.delete(id);
  }

  return {
    maxFileBytes: () => jira.uploadLimitBytes,
    about: () => ({
      staff: jira.staff().map(({ displayName, emailAddress }) => ({ name: displayName, email: emailAddress })),
      maxFileBytes: jira.uploadLimitBytes,
      otherProject,
    }),
    comment({ as, key, text, isInternal, files: ids }) {
      const files = find(ids);
      const said = orRefused(() => jira.comment({ as, key, text, internal: isInternal, files }));
      forget(ids);
      return { id: said.id };
    },
    attach({ as, key, files: ids }) {
      for (const [index, file] of find(ids).entries()) {
        orRefused(() => jira.attach({ as, key, ...file }));
        forget(ids.slice(index, index + 1));
      }
    },
    stage(file) {
      const id = randomUUID();
      waiting.set(id, file);
      const total = () => waiting.values().reduce((sum, { bytes }) => sum + bytes.length, 0);
      while (waiting.size > maxStagedFiles || total() > maxStagedBytes) forget([...waiting.keys()].slice(0, 1));
      return id;
    },
    staged: (id) => waiting.get(id) ?? null,
    attachment(id) {
      const file = jira.attachment(id);
      return file === null ? null : { name: file.name, mimeType: file.mimeType, bytes: file.bytes() };
    },
  };
}

function actSide(jira: PageDesk): Omit<Desk, keyof FileSide> {
  return {
    editComment: ({ id, ...act }) => void orRefused(() => jira.editComment({ ...act, commentId: id })),
    removeComment: ({ id, ...act }) => void orRefused(() => jira.removeComment({ ...act, commentId: id })),
    assign: (act) => void orRefused(() => jira.assign(act)),
    transition: ({ resolution, ...act }) =>
      void orRefused(() => jira.transition(resolution === undefined ? act : { ...act, resolution })),
    removeIssue: (act) => void orRefused(() => jira.removeIssue(act)),
    moveIssue: (act) => ({ key: orRefused(() => jira.moveIssue({ ...act, projectKey: otherProject })) }),
  };
}

/** Jira says in words why it does not do something: they are for the person at the page. */
function orRefused<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw error instanceof Error ? new Refusal(400, error.message) : error;
  }
}
