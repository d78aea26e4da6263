import { BUTTON_WORDS, type ButtonAction, hasButton } from '#domain/button-words.ts';
import type { SignalName } from '#domain/confidence.ts';
import type { Action, Author, Place } from '#domain/conversation.ts';
import type { Citation, EscalationReason, Lesson, News, SilenceReason, TriageCard, Verdict } from '#domain/decision.ts';

export const placeWords: Readonly<Record<Place, string>> = {
  direct: 'in direct messages',
  channel: 'in a channel',
  shared: 'in a channel that people of other companies read',
};

export const whoSpoke: Readonly<Record<Author, string>> = {
  requester: 'The requester',
  colleague: 'A colleague',
  bot: 'Firstline',
  agent: 'The IT staff',
};

/** What is pressed that has no button of ours. */
const otherwise: Readonly<Record<Exclude<Action, ButtonAction>, string>> = {
  helpful: 'thumbs up',
  'not-helpful': 'thumbs down',
  details: 'Send to IT',
  'comment-rating': 'Send',
  stop: 'Stop',
};

/** The words on what was pressed; of a rating its number. */
export function pressed(action: Action): string {
  return hasButton(action) ? BUTTON_WORDS[action].text.replace(/^(\d) .*$/, '$1') : otherwise[action];
}

export const reasonWords: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'the employee asked for a person',
  'excluded-topic': 'the topic is set to go to a person (EXCLUDED_TOPICS)',
  'nothing-found': 'nothing was found that this person may read in this place',
  unsure: 'it was not sure enough',
  unavailable: 'it could not look this up',
  'needs-a-person': 'the model found that it takes somebody in IT',
  'came-back': 'a problem that was solved is back',
};

const silenceWords: Readonly<Record<SilenceReason, string>> = {
  solved: 'the question is solved',
  'colleagues-talking': 'colleagues talk to each other',
  'not-addressed': 'nothing of it was meant for Firstline',
  withdrawn: 'the message was taken back',
  acknowledged: 'it was a thank-you or an acknowledgement',
  'handed-over': 'a ticket is open already',
  'sent-privately': 'the answer goes to direct messages',
  noted: 'a form or a rating was kept and told to IT, and needs no answer',
};

const newsWords: Readonly<Record<News, string>> = {
  taken: 'told that the request is taken, and that the ticket comes later',
  'ticket-open': 'told that the ticket is open',
  added: 'told that what they wrote is on the ticket',
  'told-otherwise': 'told to contact the IT team directly, because no ticket can be made',
  assigned: 'told who has taken the ticket',
  status: 'told how far the ticket is',
  resolved: 'told that IT says it is solved, and asked whether it is',
  'followed-resolved': 'told that the problem they follow is solved',
  'followed-reopened': 'told that the problem they follow is open again',
  'followed-gone': 'told that the ticket they follow is no longer there',
  reopened: 'told that the ticket is open again',
  moved: 'told that the ticket has another key now',
  gone: 'told that the ticket is no longer there',
};

/** What each signal means. {@link Signals} has the exact definitions. */
export const signalWords: Readonly<Record<SignalName, string>> = {
  lead: 'how far the best passage is ahead of the best of another answer, for how much was asked',
  gap: 'the same lead as a share of the best score: 1 is no rival',
  pairs: 'share of neighbouring words of the question that stand together in the best passage',
  scoreOfIdeal: 'score of the best passage for how much was asked',
  logIdeal: 'how much was asked: long questions of rare words have more',
  agreement: 'share of the five best passages that are of the same document',
  titleCoverage: 'share of the question that is in the best passage’s title and headings',
  coverage: 'share of the question that the best passage holds',
  heaviestMissing: 'share of the weightiest word that the best passage lacks',
  unknownMass: 'share of the question in words that no document has',
  terms: 'number of words that say what is asked',
  similarity: 'how near the best passage is to the question in meaning; 0 without vectors',
  similarityGap: 'how much nearer than the nearest of another answer',
};

/** What was decided, as a sentence. */
export function verdictWords<K extends Verdict['kind']>(verdict: Extract<Verdict, { kind: K }>): string {
  const kind: K = verdict.kind;
  return sentences[kind](verdict);
}

type Sentences = { readonly [K in Verdict['kind']]: (verdict: Extract<Verdict, { kind: K }>) => string };

const sentences: Sentences = {
  answer: ({ citations }) => `Firstline answered from ${titlesOf(citations)}`,
  suggest: ({ citations }) => `Firstline offered what may help: ${titlesOf(citations)}`,
  'offer-private': () => 'Firstline offered to answer privately: what answers may not be read by everyone there',
  'offer-follow': ({ incident: { key, people } }) =>
    `Firstline offered to follow ${plainly(key)}, which ${people} people have asked about`,
  follow: ({ incident }) => `The requester follows ${plainly(incident.key)} from now on`,
  'offer-continue': ({ request }) => `Firstline offered to go on in ${plainly(request.key)}, which is theirs and open`,
  continue: ({ request }) => `Firstline took what was said over to ${plainly(request.key)}`,
  help: () => 'Firstline said what it does',
  status: () => 'Firstline listed the requests of who asked',
  ask: () => 'Firstline asked back what is needed, because nothing was asked',
  escalate: ({ reason }) => `Firstline handed over to a person: ${reasonWords[reason]}`,
  forward: () => 'Firstline passed on to the ticket what was said',
  reopen: () => 'Firstline saw that it is not solved: the ticket is opened again',
  close: () => 'Firstline closed the ticket and asked for a rating, because the requester agrees that it is solved',
  silent: ({ reason }) => `Firstline said nothing: ${silenceWords[reason]}`,
  report: ({ news }) => `The employee was ${newsWords[news]}`,
  triage: ({ card }) => cardWords(card),
  lesson: ({ lesson }) => lessonWords(lesson),
};

function titlesOf(citations: readonly Citation[]): string {
  return citations.map(({ title }) => quoted(title)).join(', ');
}

function cardWords({ takenBy, mutedBy }: TriageCard): string {
  const state = [
    takenBy === null ? null : `taken by ${plainly(takenBy)}`,
    mutedBy === null ? null : `muted by ${plainly(mutedBy)}`,
  ].filter((words) => words !== null);
  return ['Firstline showed the request in the triage channel', ...state].join(', ');
}

function lessonWords({ question, state, by }: Lesson): string {
  const outcome = state === 'proposed' ? '' : `, ${state} by ${plainly(by ?? 'IT')}`;
  return `Firstline proposed to learn the answer to ${quoted(question)}${outcome}`;
}

/** In quotation marks. */
export function quoted(text: string): string {
  return `“${plainly(text)}”`;
}

/** Text of people and documents as one line that can do nothing to a terminal: no control or direction characters. */
export function plainly(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
