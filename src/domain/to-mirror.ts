import { isForUsAlone } from './command.ts';
import type { Conversation, Turn } from './conversation.ts';
import { filesThere, unsettledFiles } from './mirrored-file.ts';
import type { CommentDraft, TicketLine } from './ticket.ts';

/** Turns of a conversation that its ticket does not show as they are. Each list in order. */
export interface ToMirror {
  /** In the description, and changed since. */
  readonly described: readonly Turn[];
  /** As comments. */
  readonly commented: readonly Turn[];
  /** With files that the ticket has not, and that were not refused. */
  readonly withFiles: readonly Turn[];
  /** With files that were taken away, and that the ticket has, or may have. */
  readonly withoutFiles: readonly Turn[];
}

/** @param throughTurnId the last turn that is in the ticket's description. */
export function toMirror({ turns }: Conversation, throughTurnId: string): ToMirror {
  const through = turns.findIndex(({ id }) => id === throughTurnId);
  const fromThread = turns.filter(isFromThread);
  const isDescribed = (turn: Turn) => turns.indexOf(turn) <= through;
  return {
    described: fromThread.filter((turn) => isDescribed(turn) && turn.revision > (turn.comment?.revision ?? 0)),
    commented: fromThread.filter((turn) => !isDescribed(turn) && isBehind(turn)),
    withFiles: fromThread.filter((turn) => unsettledFiles(turn).toCarry.length > 0),
    withoutFiles: fromThread.filter((turn) => unsettledFiles(turn).toRemove.length > 0),
  };
}

/** The form about the request that was last sent, while the ticket does not say it. */
export function untoldForm({ turns }: Conversation): Turn | null {
  const last = turns.findLast(
    ({ action, values, author }) => action === 'details' && values !== null && author === 'requester',
  );
  return last?.comment === null ? last : null;
}

/** What people say on our side. An agent's is told by the ref of who wrote in the triage channel. */
function isFromThread({ author, personRef, stage, action, values, text }: Turn): boolean {
  if (author === 'bot' || personRef === null || stage !== 'thread') return false;
  if (author !== 'agent' && isForUsAlone(text)) return false;
  return action === null || (action === 'not-yet' && (values?.['text'] ?? '') !== '');
}

function isBehind(turn: Turn): boolean {
  return turn.comment === null ? !saysNothing(turn) : turn.comment.revision < turn.revision;
}

/** It was taken back, or all that it had: then it has no comment. */
export function saysNothing(turn: Turn): boolean {
  return turn.withdrawn || (turn.text === '' && turn.values === null && filesThere(turn).length === 0);
}

function turnWords({ action, text, values }: Turn): string {
  return action === null ? text : (values?.['text'] ?? '');
}

/** What a turn's comment is known by: beyond this database, and beyond the ticket system's own ids. */
export function markOf({ name }: Conversation, { id }: Turn): string {
  return `${name}/${id}`;
}

/** A turn as a comment, in its author's name. `refused`: files that stay in the thread, with why. */
export function mirroredComment({
  conversation,
  turn,
  author,
  refused,
}: {
  conversation: Conversation;
  turn: Turn;
  author: string;
  refused: readonly { readonly name: string; readonly why: string }[];
}): CommentDraft {
  const text = turnWords(turn);
  const names = filesThere(turn)
    .map(({ name }) => name)
    .filter((name) => !refused.some((one) => one.name === name));
  const lines: TicketLine[] = [
    ...(text === '' ? [] : [{ kind: 'text', text } as const]),
    ...(names.length === 0 ? [] : [{ kind: 'text', text: `(files: ${names.join(', ')})` } as const]),
    ...refused.map(
      ({ name, why }): TicketLine => ({ kind: 'text', text: `(the file ${name} is only in the thread: ${why})` }),
    ),
  ];
  return { mark: markOf(conversation, turn), author, lines, internal: false };
}

/** For IT staff: what was taken back or changed in the thread, and that we may not bring up to date on the ticket. */
export function leftTurnComment(
  conversation: Conversation,
  { turn, author, place }: { turn: Turn; author: string; place: 'comment' | 'description' },
): CommentDraft {
  const [mayNot, please] =
    place === 'comment' ? ['its comment', 'Please delete it:'] : ['the description', 'Please take it out there:'];
  const isTakenBack = saysNothing(turn);
  const text = isTakenBack
    ? `${author} has taken this message back, and I may not ${place === 'comment' ? 'delete' : 'rewrite'} ${mayNot}. ${please}`
    : `${author} has changed this message, and I may not rewrite ${mayNot}. It says now:`;
  const said = isTakenBack ? '' : turnWords(turn);
  return {
    // each change of its own, as what we have written may be what we may not rewrite
    mark: `${markOf(conversation, turn)}/left/${turn.revision}`,
    author: null,
    lines: [
      { kind: 'text', text },
      { kind: 'said', who: author, at: turn.at, text: said },
    ],
    internal: true,
  };
}

const FORM_LABELS = { summary: 'Summary', tried: 'Tried', device: 'Device', urgency: 'Urgency' };

/** For IT staff: what was told in the form about the request, and that we may not write into the description. */
export function leftFormComment(
  conversation: Conversation,
  { turn, author }: { turn: Turn; author: string },
): CommentDraft {
  const told = Object.entries(FORM_LABELS).flatMap(([name, label]): TicketLine[] => {
    const text = turn.values?.[name]?.trim() ?? '';
    return text === '' ? [] : [{ kind: 'text', text: `${label}: ${text}` }];
  });
  const text = `${author} has told more about the request, and I may not write it into the ticket:`;
  const mark = `${markOf(conversation, turn)}/left`;
  return { mark, author: null, lines: [{ kind: 'text', text }, ...told], internal: true };
}

/** A file that the ticket was to get and has not got: said after its comment, or the description, has named it. */
export function missingFileComment(
  conversation: Conversation,
  { turn, index, why }: { turn: Turn; index: number; why: 'gone' | 'refused' },
): CommentDraft {
  const name = turn.files[index]?.name ?? '';
  const text =
    why === 'gone'
      ? `The file ${name} is not here: it is no longer in the thread.`
      : `The file ${name} is only in the thread: the ticket system does not take it.`;
  const mark = `${markOf(conversation, turn)}/missing/${index}`;
  return { mark, author: null, lines: [{ kind: 'text', text }], internal: false };
}

/** For IT staff: a file that was taken back in the thread, and that we may not delete on the ticket. */
export function leftFileComment(
  conversation: Conversation,
  { turn, index, author }: { turn: Turn; index: number; author: string },
): CommentDraft {
  const name = turn.files[index]?.name ?? '';
  const text = `${author} has taken back the file ${name}, which I may not delete here. Please delete it.`;
  return {
    mark: `${markOf(conversation, turn)}/file/${index}`,
    author: null,
    lines: [{ kind: 'text', text }],
    internal: true,
  };
}
