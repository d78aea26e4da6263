import type { SharedFile } from '#domain/conversation.ts';
import type { TicketCommand, TicketComment } from '#domain/ticket.ts';
import { createNotes } from './adf-node.ts';
import { dateOf } from './jira-time.ts';
import { unlinked } from './markdown-text.ts';
import { namedDocument, namedIn } from './named-document.ts';
import { isPublic } from './public-comment.ts';
import { adfToMarkdown } from './read-adf.ts';
import type { Attachment, Comment } from './schema.ts';
import { oneLine } from './text.ts';

export interface ReadingOf {
  readonly attachments: readonly Attachment[];
  /** Display names by account ids, as far as known. */
  readonly names: ReadonlyMap<string, string>;
  /** Account id of who the ticket is for; null when unknown. */
  readonly customerId: string | null;
  /** Whether the author of a command is one of those who work on the ticket. */
  readonly mayCommand: (comment: Comment) => Promise<boolean>;
}

/** Longer text is cut: the chat shows less at a time, and the whole is on the ticket. */
const maxCharacters = 20_000;
const cutRemark = '(shortened; the whole comment is on the ticket)';
const commandPattern = /^\/firstline\b[:,]?\s*([^\s.!]*)[.!]*\s*([^]*)$/i;

/**
 * What a comment of somebody else is to us: words for everybody, a command, or (null) nothing of ours. A command counts
 * from an account of the site only, not from a portal's customer, nor from who the ticket is for: an employee may be both
 * a colleague with an account and a customer. What looks like a command and is none, or is not obeyed, is not shown either.
 */
export async function readComment(
  comment: Comment,
  reading: ReadingOf,
): Promise<{ comment: TicketComment } | { command: TicketCommand } | null> {
  const { markdown, files } = contentOf(comment, reading);
  const author = nameOf(comment);
  const by = sideOf(comment, reading);
  const isSite = by === 'agent' && comment.author?.accountType === 'atlassian';
  const command = isSite ? commandPattern.exec(markdown) : null;
  if (command !== null) return (await reading.mayCommand(comment)) ? commandOf(comment.id, author, command) : null;
  if (!isPublic(comment) || (markdown === '' && files.length === 0)) return null;
  return { comment: { id: comment.id, author, by, markdown: shortened(markdown), ...timesOf(comment), files } };
}

function sideOf({ author }: Comment, { customerId }: ReadingOf): TicketComment['by'] {
  const isFor = author?.accountId !== undefined && author.accountId === customerId;
  return isFor || author?.accountType === 'customer' ? 'customer' : 'agent';
}

function nameOf({ author }: Comment): string {
  return oneLine(author?.displayName ?? '', 255) || 'IT';
}

function timesOf({ created, updated }: Comment): Pick<TicketComment, 'at' | 'version'> {
  return { at: dateOf(created) ?? dateOf(updated) ?? new Date(0), version: updated ?? created ?? '' };
}

/** Accounts whose names a comment does not say itself. */
export function namelessIn(comments: readonly Comment[]): readonly string[] {
  return [...new Set(comments.flatMap(({ body }) => namedIn(body).accountIds))];
}

function commandOf(commentId: string, author: string, [, name = '', text = '']: RegExpExecArray) {
  const known = (['approve', 'discard', 'edit'] as const).find((one) => one === name.toLowerCase());
  return known === undefined ? null : { command: { commentId, author, name: known, text: text.trim() } };
}

function contentOf(comment: Comment, { attachments, names }: ReadingOf): { markdown: string; files: SharedFile[] } {
  const { media } = namedIn(comment.body);
  const files = filesOf(comment, media, attachments);
  const only = media.length === 1 && files.length === 1 ? files[0]?.filename : undefined;
  const document = namedDocument(comment.body, {
    mention: (accountId, text) => `@${oneLine(text || (names.get(accountId) ?? ''), 255) || 'someone'}`,
    media: (name) => `[${oneLine(name || (only ?? ''), 255) || 'file'}]`,
  });
  return {
    markdown: unlinked(adfToMarkdown(document, createNotes())).trim(),
    files: files.map(({ id, filename, mimeType, size }) => ({
      name: filename,
      ref: id,
      mimeType: mimeType ?? null,
      bytes: size ?? null,
    })),
  };
}

/**
 * The attachments that a comment shows: Jira does not say which a medium is, but where it is rendered its address does;
 * else the name does, when only one has it. Only what the author of the comment attached: whoever may comment could name
 * any file of the ticket, an internal note's among them.
 */
function filesOf(
  comment: Comment,
  media: readonly string[],
  attachments: readonly Attachment[],
): readonly Attachment[] {
  const author = comment.author?.accountId;
  if (media.length === 0 || author === undefined) return [];
  const own = attachments.filter((attachment) => attachment.author?.accountId === author);
  const byId = renderedIn(comment.renderedBody ?? '').flatMap((id) => own.find((one) => one.id === id) ?? []);
  const byName = media.flatMap((name) => {
    const named = own.filter(({ filename }) => filename === name);
    return name !== '' && named.length === 1 ? named : [];
  });
  return [...new Set([...byId, ...byName])];
}

/** Ids of attachments that are shown; a link in the words is none. */
function renderedIn(html: string): readonly string[] {
  const tags = html.match(/<(?:img|a)\b[^<>]*>/gi) ?? [];
  return tags.flatMap((tag) => {
    const [, id] = /\/(?:attachment(?:\/content|\/thumbnail)?|thumbnail)\/(\d+)/.exec(tag) ?? [];
    return id === undefined || /\bexternal-link\b/.test(tag) ? [] : [id];
  });
}

function shortened(markdown: string): string {
  if (markdown.length <= maxCharacters) return markdown;
  const start = markdown.slice(0, maxCharacters - 200);
  const line = start.lastIndexOf('\n');
  // at the end of a line nothing is left open but a block of code
  const kept = (line > maxCharacters / 2 ? start.slice(0, line) : start).toWellFormed().replace(/\\+$/, '').trimEnd();
  const fence = openFence(kept);
  return `${kept}${fence === null ? '' : `\n${fence}`}\n\n${cutRemark}`;
}

/** The fence of a block of code that does not end; null when none is open. */
function openFence(markdown: string): string | null {
  let open: string | null = null;
  for (const line of markdown.split('\n')) {
    const [fence = ''] = /^`{3,}/.exec(line) ?? [];
    if (fence === '') continue;
    if (open === null) open = fence;
    else if (line === open) open = null;
  }
  return open;
}
