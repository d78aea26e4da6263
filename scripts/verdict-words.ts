import type { SignalName } from '#domain/confidence.ts';
import type { Action, Author, Place } from '#domain/conversation.ts';
import type { EscalationReason, News, SilenceReason, Verdict } from '#domain/decide.ts';

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

export const clicked: Readonly<Record<Action, string>> = {
  solved: 'Solved',
  'get-human': 'Get a human',
  'answer-privately': 'Send it to me privately',
};

export const reasonWords: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'the employee asked for a person',
  'excluded-topic': 'the topic is set to go to a person (EXCLUDED_TOPICS)',
  'nothing-found': 'nothing was found that this person may read in this place',
  unsure: 'it was not sure enough',
  unavailable: 'it could not look this up',
};

const silenceWords: Readonly<Record<SilenceReason, string>> = {
  solved: 'the question is solved',
  'colleagues-talking': 'colleagues talk to each other',
  'not-addressed': 'nothing of it was meant for Firstline',
  withdrawn: 'the message was taken back',
  acknowledged: 'it was a thank-you or an acknowledgement',
  'handed-over': 'a ticket is open already',
  'sent-privately': 'the answer goes to direct messages',
};

const newsWords: Readonly<Record<News, string>> = {
  taken: 'told that the request is taken, and that the ticket comes later',
  'ticket-open': 'told that the ticket is open',
  'told-otherwise': 'told to contact the IT team directly, because no ticket can be made',
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
};

/** What was decided, as a sentence. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'answer':
      return `Firstline answered from ${verdict.citations.map(({ title }) => quoted(title)).join(', ')}`;
    case 'suggest':
      return `Firstline offered what may help: ${verdict.citations.map(({ title }) => quoted(title)).join(', ')}`;
    case 'offer-private':
      return 'Firstline offered to answer privately: what answers may not be read by everyone there';
    case 'ask':
      return 'Firstline asked back what is needed, because nothing was asked';
    case 'escalate':
      return `Firstline handed over to a person: ${reasonWords[verdict.reason]}`;
    case 'forward':
      return 'Firstline passed on to the ticket what was said';
    case 'silent':
      return `Firstline said nothing: ${silenceWords[verdict.reason]}`;
    case 'report':
      return `The employee was ${newsWords[verdict.news]}`;
  }
}

/** In quotation marks. */
export function quoted(text: string): string {
  return `“${plainly(text)}”`;
}

/** Text of people and documents as one line that can do nothing to a terminal: no control or direction characters. */
export function plainly(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
