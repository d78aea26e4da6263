import { withoutWish } from './openings.ts';
import type { Action, Conversation, Person, Turn } from './conversation.ts';
import type { Decision, EscalationReason } from './decision.ts';
import { type FileLimits, filesThere, refusedFiles } from './mirrored-file.ts';
import { type Route, routeOf, type Routing } from './routing.ts';
import type { CommentDraft, TicketDraft, TicketLine, TicketSection } from './ticket.ts';
import { chosenUrgency, isUrgencyLevel, levelWord, type Urgency, urgencyOf } from './urgency.ts';

/** What the ticket tells the IT staff, so that they need not ask again. */
export interface Handover {
  readonly conversation: Conversation;
  readonly ticket: HandedOver;
  readonly requester: Person;
  /** By person ref, for the transcript. */
  readonly names: ReadonlyMap<string, string>;
  readonly permalink: string;
  /** The platform's id of the channel. */
  readonly channel: string;
  /** Groups that the requester is in, as `source/name`. */
  readonly groups: readonly string[];
  readonly routing: Routing;
  /** The confidence from which on an answer is given, 0 to 1. */
  readonly answerAt: number;
  /** Which files the ticket gets. */
  readonly limits: FileLimits;
}

/** What is stored of a ticket before it is made. */
export interface HandedOver {
  /** What the ticket system knows it by. */
  readonly name: string;
  readonly reason: EscalationReason;
  /** The last turn that belongs into the transcript; what comes later reaches the ticket as comments. */
  readonly throughTurnId: string;
  readonly continues: string | null;
  readonly triedAt: Date | null;
  readonly mayCreate: boolean;
}

/** Fits one line of a board: longer ones are cut by every ticket system's lists. */
export const SUMMARY_CHARACTERS = 120;

export function draftTicket(handover: Handover): TicketDraft {
  const { ticket, requester } = handover;
  const turns = transcriptOf(handover);
  const decisions = decisionsOf(handover);
  const urgency = urgencyIn(handover);
  const route = routeIn(handover, urgency);
  return {
    conversation: ticket.name,
    summary: titleOf(handover, turns),
    body: [
      questionSection(turns, ticket),
      detailsSection(handover),
      urgencySection(urgency),
      requesterSection(handover),
      reasonSection(handover, decisions),
      foundSection(decisions),
      transcriptSection(handover, turns),
      routeSection(route),
    ].filter(({ lines }) => lines.length > 0),
    requester: { name: requester.name, email: requester.email },
    labels: [ticket.reason],
    route,
    urgency,
    continues: ticket.continues,
    triedAt: ticket.triedAt,
    mayCreate: ticket.mayCreate,
  };
}

type Requested = Pick<Handover, 'conversation'> & { readonly ticket?: Pick<HandedOver, 'continues'> };

/** What the requester last sent with the form about the request, by its fields' names. */
function toldIn(requested: Requested): Readonly<Record<string, string>> {
  const told = turnsAbout(requested).findLast(
    ({ action, values, author }) => action === 'details' && values !== null && author === 'requester',
  );
  return told?.values ?? {};
}

/** Of a ticket that continues another, what came after that one was over: the rest was about the other. */
function turnsAbout({ conversation: { turns }, ticket }: Requested): readonly Turn[] {
  if (ticket?.continues == null) return turns;
  return turns.slice(turns.findLastIndex(({ decision }) => decision !== null && isEnd(decision)) + 1);
}

function isEnd(decision: Decision): boolean {
  if (decision.kind === 'close') return true;
  return decision.kind === 'report' && ['resolved', 'closed', 'gone'].includes(decision.news);
}

/** As the requester has chosen it, else as it is recognised in what was said. */
export function urgencyIn(requested: Requested): Urgency | null {
  const recognised = urgencyOf(saidBy(turnsAbout(requested)));
  const chosen = toldIn(requested)['urgency'] ?? '';
  return isUrgencyLevel(chosen) ? chosenUrgency(chosen, recognised) : recognised;
}

function saidBy(turns: readonly Turn[]): readonly string[] {
  return turns
    .filter(({ author, action, withdrawn }) => author === 'requester' && action === null && !withdrawn)
    .map(({ text }) => text);
}

function routeIn(handover: Handover, urgency: Urgency | null): Route {
  const { conversation, channel, groups, routing } = handover;
  const texts = saidBy(turnsAbout(handover));
  return routeOf(routing, { texts, channel, direct: conversation.place === 'direct', groups, urgency });
}

function detailsSection(handover: Handover): TicketSection {
  const told = toldIn(handover);
  const line = (label: string, text: string | undefined): TicketLine[] =>
    text === undefined || text.trim() === '' ? [] : [{ kind: 'text', text: `${label}: ${text}` }];
  return { heading: 'Details', lines: [...line('Tried', told['tried']), ...line('Device', told['device'])] };
}

function urgencySection(urgency: Urgency | null): TicketSection {
  const lines: TicketLine[] =
    urgency === null ? [] : [{ kind: 'text', text: `${levelWord(urgency.level)}. ${urgency.because}` }];
  return { heading: 'Urgency', lines };
}

function routeSection({ rules }: Route): TicketSection {
  const lines: TicketLine[] = rules.length === 0 ? [] : [{ kind: 'text', text: `By the rules ${rules.join(', ')}.` }];
  return { heading: 'Routed', lines };
}

const REASONS: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'The employee asked for a person.',
  'excluded-topic': 'The question is about a topic that is always handed over.',
  'nothing-found': 'Nothing in the documents that the employee may read fits the question.',
  unsure: 'The documents do not answer the question surely enough.',
  unavailable: 'The question could not be worked on because of a technical fault.',
  'needs-a-person': 'It takes somebody in IT: the documents do not put it into the employee’s own hands.',
  'came-back': 'A problem that was solved is back; this continues the linked ticket.',
};

/** Why it was handed over, a sentence. */
export function reasonWords(reason: EscalationReason): string {
  return REASONS[reason];
}

function transcriptOf({ conversation, ticket }: Handover): readonly Turn[] {
  const through = conversation.turns.findIndex((turn) => turn.id === ticket.throughTurnId);
  const turns = through < 0 ? conversation.turns : conversation.turns.slice(0, through + 1);
  return turns.filter(({ withdrawn, stage }) => !withdrawn && stage === 'thread');
}

function titleOf(handover: Handover, turns: readonly Turn[]): string {
  const told = oneLine(toldIn(handover)['summary'] ?? '');
  if (told !== '') return told;
  const summary = summaryOf(turns, handover.requester.name);
  return handover.ticket.reason === 'came-back' ? oneLine(`Again: ${summary}`) : summary;
}

/** One line that tells what it is about. `requester`: their name. */
export function summaryOf(turns: readonly Turn[], requester: string): string {
  return summaryIn(turns) || `${requester} asks for help`;
}

/** The question in one line; '' when nothing is asked in words. */
export function summaryIn(turns: readonly Turn[]): string {
  return oneLine(withoutWish(questionsOf(turns).at(0)?.text ?? ''));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SUMMARY_CHARACTERS) return line;
  // At a word's end, so that neither a word nor a character of two halves is cut.
  const words = line.slice(0, SUMMARY_CHARACTERS).replace(/\s+\S*$/, '');
  return `${words.slice(0, SUMMARY_CHARACTERS - 1)}…`;
}

function questionsOf(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn) => turn.author === 'requester' && turn.action === null && turn.text.trim() !== '');
}

/** Where a problem is back, with how it is said to be. */
function questionSection(turns: readonly Turn[], { reason }: HandedOver): TicketSection {
  const questions = questionsOf(turns);
  const told = reason === 'came-back' ? [...new Set([questions.at(0), questions.at(-1)])] : [questions.at(0)];
  const lines = told.flatMap((turn): TicketLine[] => (turn === undefined ? [] : [{ kind: 'quote', text: turn.text }]));
  return { heading: 'Question', lines };
}

/** That of direct messages opens for nobody in IT: what is added there reaches them on the ticket. */
function whoOpens(place: Conversation['place']): string {
  return place === 'direct' ? 'a direct message: it opens for the employee only' : '';
}

function requesterSection({ requester, permalink, conversation }: Handover): TicketSection {
  const email = requester.email === null ? 'e-mail unknown' : requester.email;
  return {
    heading: 'Asked by',
    lines: [
      { kind: 'text', text: `${requester.name} (${email})${requester.outsider ? ', not an employee' : ''}` },
      { kind: 'link', text: 'Open the thread', url: permalink, note: whoOpens(conversation.place) },
    ],
  };
}

function reasonSection({ ticket: { reason }, answerAt }: Handover, decisions: readonly Decision[]): TicketSection {
  const confidence = decisions.at(-1)?.grounds.confidence ?? null;
  const lines: TicketLine[] = [{ kind: 'text', text: REASONS[reason] }];
  if (confidence !== null) {
    const text = `Confidence of the best passage: ${percent(confidence.value)} (an answer needs ${percent(answerAt)}).`;
    lines.push({ kind: 'text', text });
  }
  return { heading: 'Why it was handed over', lines };
}

/** The ticket is read by IT staff, who may not be entitled to what the requester may read. */
const RESTRICTED = 'A document that only some may read';

function foundSection(decisions: readonly Decision[]): TicketSection {
  const shown = new Set(decisions.flatMap(citedBy));
  const found = new Map(decisions.flatMap(({ grounds }) => grounds.found.map((citation) => [citation.url, citation])));
  const lines = Array.from(found, ([url, { title, restricted }]): TicketLine => {
    const note = shown.has(url) ? 'shown to the employee' : '';
    if (restricted !== true) return { kind: 'link', text: title, url, note };
    return { kind: 'text', text: note === '' ? RESTRICTED : `${RESTRICTED} (${note})` };
  });
  return { heading: 'What was found', lines };
}

function citedBy(decision: Decision): readonly string[] {
  return decision.kind === 'answer' || decision.kind === 'suggest' ? decision.citations.map(({ url }) => url) : [];
}

/**
 * What we decided on grounds, the decision to hand over included: it is a turn of ours and therefore comes after the
 * last turn of the transcript.
 */
function decisionsOf({ conversation, ticket }: Handover): readonly Decision[] {
  const through = conversation.turns.findIndex((turn) => turn.id === ticket.throughTurnId);
  const handedOver = conversation.turns.findIndex(
    (turn, index) => index > through && turn.decision?.kind === 'escalate',
  );
  const turns = handedOver < 0 ? conversation.turns : conversation.turns.slice(0, handedOver + 1);
  return turns.flatMap(({ decision }) => (decision !== null && decision.grounds.found.length > 0 ? [decision] : []));
}

function transcriptSection({ names, limits }: Handover, turns: readonly Turn[]): TicketSection {
  const lines = turns.flatMap((turn): TicketLine[] => {
    const text = spoken(turn, limits);
    return text === '' ? [] : [{ kind: 'said', who: whoSpoke(turn, names), at: turn.at, text }];
  });
  return { heading: 'Conversation', lines };
}

function spoken({ text, action, values, files, decision }: Turn, limits: FileLimits): string {
  if (citesRestricted(decision)) return '(from a document that only some may read: see the thread)';
  if (action !== null) return values === null ? (PRESSED[action] ?? '') : (values['text'] ?? '');
  const refused = refusedFiles({ files }, limits);
  const names = filesThere({ files }).flatMap(({ name }) => (refused.some((one) => one.name === name) ? [] : [name]));
  const left = refused.map(({ name, why }) => `(the file ${name} is only in the thread: ${why})`);
  const attached = names.length === 0 ? '' : `(files: ${names.join(', ')})`;
  return [text, attached, ...left].filter((part) => part !== '').join('\n');
}

const PRESSED: Readonly<Partial<Record<Action, string>>> = {
  solved: '(pressed Solved)',
  'get-human': '(pressed Get a human)',
  'answer-privately': '(pressed Send it to me privately)',
  'not-yet': '(pressed Not yet)',
};

/** Below this share of the confidence that an answer needs, what was found is more likely to mislead than to help. */
const WORTH_A_LOOK = 0.4;

/**
 * The answer that was not sure enough to be given, for IT staff only. Null when there is none, when the employee has got
 * an answer, or when not everybody may read the best.
 */
export function suggestionDraft(handover: Handover): CommentDraft | null {
  const decision = decisionsOf(handover).at(-1);
  const confidence = decision?.grounds.confidence?.value ?? 1;
  if (decision === undefined || decision.kind === 'answer' || confidence >= handover.answerAt) return null;
  if (confidence < handover.answerAt * WORTH_A_LOOK) return null;
  const links = suggestedBy(decision);
  if (links.length === 0) return null;
  const shown = decision.kind === 'suggest' ? 'seen it as a link' : 'not seen it';
  const sure = `${percent(confidence)} sure; an answer is given from ${percent(handover.answerAt)}`;
  return {
    mark: `${handover.ticket.name}/suggestion`,
    author: null,
    lines: [{ kind: 'text', text: `Perhaps this answers it (${sure}). The employee has ${shown}.` }, ...links],
    internal: true,
  };
}

/** The confidence is the best one's: without it the others are worth nothing. */
function suggestedBy({ grounds: { found } }: Decision): readonly TicketLine[] {
  const [best] = found;
  if (best === undefined || best.restricted === true) return [];
  return found
    .slice(0, 3)
    .filter(({ restricted, url }, index) => restricted !== true && (index === 0 || url !== best.url))
    .map(({ title, url, section = '' }) => ({ kind: 'link', text: title, url, note: section }));
}

function citesRestricted(decision: Decision | null): boolean {
  if (decision === null || (decision.kind !== 'answer' && decision.kind !== 'suggest')) return false;
  return decision.citations.some(({ restricted }) => restricted === true);
}

function whoSpoke({ author, personRef, authorName }: Turn, names: ReadonlyMap<string, string>): string {
  if (author === 'bot') return 'Firstline';
  if (authorName !== null) return authorName;
  return (personRef === null ? undefined : names.get(personRef)) ?? 'Someone';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
