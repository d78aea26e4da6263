import type { SharedFile, Turn } from '#domain/conversation.ts';
import { type StoredDecision, toDecision } from './decision.ts';

/** What a statement selects of the table `turn`, named `t`, for {@link toTurn}. */
export const turnColumns = `
  t.id, t.author, t.person_ref, t.author_name, t.stage, t.text, t.at, t.revision, t.action, t.values, t.about_turn_id,
  t.addressed, t.withdrawn, t.files, t.decision, t.post_ref, t.post_revision, t.comment_id, t.comment_revision,
  t.mirrored_files`;

export interface TurnRow
  extends Pick<
    Turn,
    'id' | 'author' | 'stage' | 'text' | 'at' | 'revision' | 'action' | 'values' | 'addressed' | 'withdrawn'
  > {
  readonly person_ref: string | null;
  readonly author_name: string | null;
  readonly about_turn_id: string | null;
  readonly files: readonly SharedFile[];
  readonly decision: StoredDecision | null;
  readonly post_ref: string | null;
  readonly post_revision: number | null;
  readonly comment_id: string | null;
  readonly comment_revision: number | null;
  readonly mirrored_files: Readonly<Record<number, string>>;
}

export function toTurn(row: TurnRow): Turn {
  return { ...toUnsignedTurn(row), personRef: row.person_ref };
}

/** The turn without whose it is. */
export function toUnsignedTurn(row: TurnRow): Omit<Turn, 'personRef'> {
  return {
    id: row.id,
    author: row.author,
    authorName: row.author_name,
    stage: row.stage,
    text: row.text,
    at: row.at,
    revision: row.revision,
    action: row.action,
    values: row.values,
    aboutTurnId: row.about_turn_id,
    addressed: row.addressed,
    withdrawn: row.withdrawn,
    files: row.files,
    decision: toDecision(row.decision),
    postRef: row.post_ref,
    postRevision: row.post_revision,
    comment: row.comment_id === null ? null : { id: row.comment_id, revision: row.comment_revision ?? 0 },
    mirroredFiles: row.mirrored_files,
  };
}
