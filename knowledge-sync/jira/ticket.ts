import { CASES, type Document, type Gap } from '#domain/knowledge.ts';
import { RESOLUTION } from '#domain/passage.ts';
import { createRunRedaction, type RunRedaction } from '#domain/redact.ts';
import { adfToMarkdown } from '../../adapters/jira/read-adf.ts';
import { createNotes, textBelow } from '../../adapters/jira/adf-node.ts';
import { dateOf } from '../../adapters/jira/jira-time.ts';
import { cleaned, unlinked } from '../../adapters/jira/markdown-text.ts';
import { isPublic, Properties } from '../../adapters/jira/public-comment.ts';
import { ownProperty, readOwnComment, readOwnTicket } from './own-tickets.ts';
import { nameOf } from './people.ts';
import { mentionsIn, redactDocuments } from './redact-adf.ts';
import type { Comment, Ticket, User } from './schema.ts';
import { listedAs, type Selection, urlOf } from './state.ts';

/** As much as a document may have: about a thousand printed pages. The chunker takes 100,000 lines. */
const maxCharacters = 2_000_000;
const maxLines = 90_000;
const titleCharacters = 300;

/** What was read of a ticket. */
export interface TicketReading {
  readonly ticket: Ticket;
  /** All of them, oldest first: who wrote an internal note is known to be of IT. */
  readonly comments: readonly Comment[];
  /** False: the conversation changed while it was read, so that a part may be missing. */
  readonly isWhole: boolean;
  /** False: there are more comments than are read. */
  readonly isAll: boolean;
  /** Takes out the names of everybody the site knows. */
  readonly redactEverybody: RunRedaction;
}

/** A question or a comment, and who said it. */
interface Part {
  readonly who: 'Requester' | 'IT' | 'Colleague';
  readonly document: unknown;
}

interface Said {
  readonly who: Part['who'];
  readonly markdown: string;
}

/**
 * A solved ticket as a document: the question, the public conversation in order, and from the last word of IT on the
 * resolution. Comments that are not said to be public are left out. Names, addresses, numbers and secrets are taken out
 * of all of it, the names of files included: before it is written as Markdown, which hides them from patterns, and once
 * more after that, for what only the whole of it shows.
 */
export function documentOf(reading: TicketReading, selection: Selection): Document {
  const { ticket, comments, isWhole } = reading;
  const notes = createNotes();
  const question = questionOf(ticket);
  const conversation = conversationOf(reading);
  const raw = [question.summary, question.document, ...conversation.parts.map(({ document }) => document)];
  const names = [...peopleOf(ticket, comments), ...question.names, ...conversation.names, ...mentionsIn(raw)];
  const redactOwn = createRunRedaction(names);
  const redactRuns: RunRedaction = (pieces) => reading.redactEverybody(redactOwn(pieces));
  const redacted = (text: string) => redactRuns([text]).join('');
  const [summary, described, ...rest] = redactDocuments(raw, redactRuns);
  // the summary stands for what is not described
  const asked = adfToMarkdown(described, notes) || adfToMarkdown(summary, notes);
  const said = conversation.parts
    .map(({ who }, index): Said => ({ who, markdown: adfToMarkdown(rest[index], notes) }))
    .filter(({ markdown }) => markdown !== '');
  const sections = [['## Question', asked], ...sectionsOf(said, resolutionOf(ticket))].filter(
    ([, text]) => text !== '',
  );
  const { text, isCut } = bounded(sections.flat().join('\n\n'));
  if (isCut || conversation.isCut) notes.gap('truncated', 'conversation');
  const { id, revision } = listedAs(ticket, selection);
  return {
    source: CASES,
    id,
    title: redacted(titleOf(ticket)),
    url: urlOf(ticket, selection.baseUrl),
    revision,
    updatedAt: dateOf(ticket.fields.updated),
    markdown: `${unlinked(redacted(text))}\n`,
    audience: selection.audience,
    gaps: redactedGaps(notes.gaps(), redacted),
    isComplete: isWhole,
  };
}

function questionOf({ fields, properties }: Ticket) {
  const isOwn = properties?.[ownProperty] !== undefined;
  const { document, names } = isOwn ? readOwnTicket(fields.description) : { document: fields.description, names: [] };
  return { summary: fields.summary ?? '', document, names };
}

function conversationOf({ ticket, comments, isAll }: TicketReading) {
  const agents = agentsOf(ticket, comments);
  const parts: Part[] = [];
  const names: string[] = [];
  let length = 0;
  let isCut = !isAll;
  for (const comment of comments.filter(isPublic)) {
    if (length > maxCharacters) {
      isCut = true;
      break;
    }
    const own = isOwn(comment) ? readOwnComment(comment.body) : { speaker: null, document: comment.body };
    if (own.speaker !== null) names.push(own.speaker);
    length += typeof own.document === 'string' ? own.document.length : textBelow([own.document]).length;
    const who = own.speaker === null ? whoIs(comment.author, ticket, agents) : speakerIs(own.speaker, ticket);
    parts.push({ who, document: own.document });
  }
  return { parts, names, isCut };
}

function isOwn({ properties }: Comment): boolean {
  const read = Properties.safeParse(properties);
  return read.success && read.data.some(({ key }) => key === ownProperty);
}

/** IT, as far as a ticket tells: who it is assigned to, and who wrote a note that customers may not see. */
function agentsOf({ fields }: Ticket, comments: readonly Comment[]): ReadonlySet<string> {
  const noted = comments.filter(({ jsdPublic }) => jsdPublic === false).map(({ author }) => author?.accountId);
  return new Set([fields.assignee?.accountId, ...noted].filter((id) => id !== undefined));
}

function whoIs(author: User | null | undefined, { fields }: Ticket, agents: ReadonlySet<string>): Part['who'] {
  if (author === null || author === undefined) return 'Colleague';
  if (author.accountId === fields.reporter?.accountId) return 'Requester';
  return agents.has(author.accountId) || author.accountType === 'app' ? 'IT' : 'Colleague';
}

/** What the helpdesk carries over from the chat is said by employees. */
function speakerIs(name: string, { fields }: Ticket): Part['who'] {
  return name === fields.reporter?.displayName ? 'Requester' : 'Colleague';
}

/**
 * What IT said last, and what was said after it, is the resolution: an answer quotes that. Where IT said nothing there is
 * none, only an outcome.
 */
function sectionsOf(said: readonly Said[], resolution: string): readonly (readonly [string, string])[] {
  const last = said.findLastIndex(({ who }) => who === 'IT');
  const at = last === -1 ? said.length : last;
  return [
    ['## Conversation', linesOf(said.slice(0, at))],
    [
      last === -1 ? '## Outcome' : `## ${RESOLUTION}`,
      [resolution, linesOf(said.slice(at))].filter((text) => text !== '').join('\n\n'),
    ],
  ];
}

function linesOf(said: readonly Said[]): string {
  return said.map(({ who, markdown }) => `**${who}:**\n\n${markdown}`).join('\n\n');
}

function resolutionOf({ fields }: Ticket): string {
  const name = adfToMarkdown(fields.resolution?.name ?? '', createNotes());
  const day = dateOf(fields.resolutiondate)?.toISOString().slice(0, 10);
  return day === undefined ? `${name}.` : `${name} on ${day}.`;
}

function peopleOf({ fields }: Ticket, comments: readonly Comment[]): readonly string[] {
  return [fields.reporter, fields.assignee, fields.creator, ...comments.map(({ author }) => author)].flatMap(nameOf);
}

function titleOf({ key, fields }: Ticket): string {
  const title = cleaned(fields.summary ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return title === '' ? key : title.slice(0, titleCharacters).toWellFormed();
}

function bounded(text: string): { text: string; isCut: boolean } {
  const start = text.slice(0, maxCharacters).split('\n').slice(0, maxLines).join('\n');
  return start.length === text.length ? { text, isCut: false } : { text: start.toWellFormed(), isCut: true };
}

function redactedGaps(gaps: readonly Gap[], redacted: (text: string) => string): readonly Gap[] {
  const counted = new Map<string, Gap>();
  for (const { kind, what, count } of gaps) {
    const name = redacted(what);
    const key = `${kind} ${name}`;
    counted.set(key, { kind, what: name, count: count + (counted.get(key)?.count ?? 0) });
  }
  return [...counted.values()];
}
