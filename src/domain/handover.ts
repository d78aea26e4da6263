import type { Action, Conversation, Person, Turn } from './conversation.ts';
import type { Decision, EscalationReason } from './decide.ts';
import type { TicketDraft, TicketLine, TicketSection } from './ticket.ts';

/** What the ticket tells the IT staff, so that they need not ask again. */
export interface Handover {
  readonly conversation: Conversation;
  readonly reason: EscalationReason;
  /** The last turn that belongs into the transcript; what comes later reaches the ticket as comments. */
  readonly throughTurnId: string;
  readonly requester: Person;
  /** By person ref, for the transcript. */
  readonly names: ReadonlyMap<string, string>;
  readonly permalink: string;
  /** The confidence from which on an answer is given, 0 to 1. */
  readonly answerAt: number;
  readonly triedAt: Date | null;
  readonly mayCreate: boolean;
}

/** Fits one line of a board: longer ones are cut by every ticket system's lists. */
const SUMMARY_CHARACTERS = 120;

export function draftTicket(handover: Handover): TicketDraft {
  const { conversation, reason, requester, triedAt, mayCreate } = handover;
  const turns = transcriptOf(handover);
  const decisions = decisionsOf(handover);
  return {
    conversation: conversation.name,
    summary: summaryOf(turns, requester),
    body: [
      questionSection(turns),
      requesterSection(handover),
      reasonSection(handover, decisions),
      foundSection(decisions),
      transcriptSection(handover, turns),
    ].filter(({ lines }) => lines.length > 0),
    reporterEmail: requester.email,
    labels: [reason],
    triedAt,
    mayCreate,
  };
}

const REASONS: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'The employee asked for a person.',
  'excluded-topic': 'The question is about a topic that is always handed over.',
  'nothing-found': 'Nothing in the documents that the employee may read fits the question.',
  unsure: 'The documents do not answer the question surely enough.',
  unavailable: 'The question could not be worked on because of a technical fault.',
};

function transcriptOf({ conversation, throughTurnId }: Handover): readonly Turn[] {
  const through = conversation.turns.findIndex((turn) => turn.id === throughTurnId);
  const turns = through < 0 ? conversation.turns : conversation.turns.slice(0, through + 1);
  return turns.filter((turn) => !turn.withdrawn);
}

function summaryOf(turns: readonly Turn[], requester: Person): string {
  const question = questionsOf(turns).at(0)?.text.replace(/\s+/g, ' ').trim() ?? '';
  if (question === '') return `${requester.name} asks for help`;
  if (question.length <= SUMMARY_CHARACTERS) return question;
  // At a word's end, so that neither a word nor a character of two halves is cut.
  const words = question.slice(0, SUMMARY_CHARACTERS).replace(/\s+\S*$/, '');
  return `${words.slice(0, SUMMARY_CHARACTERS - 1)}…`;
}

function questionsOf(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn) => turn.author === 'requester' && turn.action === null && turn.text.trim() !== '');
}

function questionSection(turns: readonly Turn[]): TicketSection {
  const lines = questionsOf(turns)
    .slice(0, 1)
    .map(({ text }): TicketLine => ({ kind: 'quote', text }));
  return { heading: 'Question', lines };
}

function requesterSection({ requester, permalink }: Handover): TicketSection {
  const email = requester.email === null ? 'e-mail unknown' : requester.email;
  return {
    heading: 'Asked by',
    lines: [
      { kind: 'text', text: `${requester.name} (${email})${requester.outsider ? ', not an employee' : ''}` },
      { kind: 'link', text: 'Open the thread', url: permalink, note: '' },
    ],
  };
}

function reasonSection({ reason, answerAt }: Handover, decisions: readonly Decision[]): TicketSection {
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
function decisionsOf({ conversation, throughTurnId }: Handover): readonly Decision[] {
  const through = conversation.turns.findIndex((turn) => turn.id === throughTurnId);
  const handedOver = conversation.turns.findIndex(
    (turn, index) => index > through && turn.decision?.kind === 'escalate',
  );
  const turns = handedOver < 0 ? conversation.turns : conversation.turns.slice(0, handedOver + 1);
  return turns.flatMap(({ decision }) => (decision !== null && decision.grounds.found.length > 0 ? [decision] : []));
}

function transcriptSection({ names }: Handover, turns: readonly Turn[]): TicketSection {
  const lines = turns.flatMap((turn): TicketLine[] => {
    const text = spoken(turn);
    return text === '' ? [] : [{ kind: 'said', who: whoSpoke(turn, names), at: turn.at, text }];
  });
  return { heading: 'Conversation', lines };
}

function spoken({ text, action, files, decision }: Turn): string {
  if (citesRestricted(decision)) return '(from a document that only some may read: see the thread)';
  if (action !== null) return PRESSED[action];
  const attached = files.length === 0 ? '' : `(files in the thread: ${files.join(', ')})`;
  return [text, attached].filter((part) => part !== '').join('\n');
}

const PRESSED: Readonly<Record<Action, string>> = {
  solved: '(pressed Solved)',
  'get-human': '(pressed Get a human)',
  'answer-privately': '(pressed Send it to me privately)',
};

function citesRestricted(decision: Decision | null): boolean {
  if (decision === null || (decision.kind !== 'answer' && decision.kind !== 'suggest')) return false;
  return decision.citations.some(({ restricted }) => restricted === true);
}

function whoSpoke({ author, personRef }: Turn, names: ReadonlyMap<string, string>): string {
  if (author === 'bot') return 'Firstline';
  return (personRef === null ? undefined : names.get(personRef)) ?? 'Someone';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
