import type { Action } from './conversation.ts';
import type { Decision, EscalationReason, Verdict } from './decide.ts';
import type { Reply, ReplyPart } from './reply.ts';
import type { Ticket } from './ticket.ts';

/** What the employee sees of a decision; null when nothing is shown. `ticket` is the conversation's, if it has one. */
export function replyOf(decision: Decision, ticket: Ticket | null): Reply | null {
  const parts = partsOf(decision, ticket);
  return parts === null ? null : { parts, buttons: buttonsOf(decision) };
}

/** The same reply once the employee has chosen: the buttons make way for a line that says what has become of it. */
export function settledReplyOf(decision: Decision, outcome: Outcome): Reply | null {
  const parts = partsOf(decision, null);
  return parts === null ? null : { parts: [...parts, { kind: 'note', text: outcomeText(outcome) }], buttons: [] };
}

/** What has become of an answer. `byName`: who said so. */
export interface Outcome {
  readonly action: Action;
  readonly byName: string;
}

export function buttonsOf({ kind }: Verdict): readonly Action[] {
  if (kind === 'answer' || kind === 'suggest') return ['solved', 'get-human'];
  if (kind === 'offer-private') return ['answer-privately', 'get-human'];
  return kind === 'ask' ? ['get-human'] : [];
}

/** The bot's own words as they stand in the transcript: plain text, empty when nothing is said. */
export function turnText(decision: Decision, ticket: Ticket | null): string {
  return (partsOf(decision, ticket) ?? []).flatMap(plain).join('\n');
}

function plain(part: ReplyPart): readonly string[] {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'quote':
      return [part.markdown];
    case 'sources':
      return part.citations.map(({ title, url }) => `${title}: ${url}`);
    case 'ticket':
      return [`${part.before}${part.key}${part.after}`];
    case 'link':
      return [`${part.before}${part.text}${part.after}`];
    case 'note':
      return [];
  }
}

function partsOf(decision: Decision, ticket: Ticket | null): readonly ReplyPart[] | null {
  switch (decision.kind) {
    case 'answer':
      return [
        { kind: 'quote', markdown: decision.quote },
        { kind: 'sources', label: 'From', citations: decision.citations },
        ...corrected(decision),
      ];
    case 'suggest':
      return [
        text('I am not sure enough to answer this. These may help:'),
        { kind: 'sources', label: '', citations: decision.citations },
        ...corrected(decision),
      ];
    case 'offer-private':
      return [text(PRIVATE_OFFER)];
    case 'ask':
      return [text(QUESTION_BACK)];
    case 'report':
      return [newsPart(decision, ticket)];
    case 'escalate':
    case 'forward':
    case 'silent':
      return null;
  }
}

/** Says nothing of what was found: those who read along may not know of it. */
const PRIVATE_OFFER =
  'I found something that fits, but not everyone here may read it. I can send it to you in a direct message.';

const QUESTION_BACK =
  'Hello! What do you need help with? Tell me in a sentence, for example “my VPN keeps dropping”. I cannot read pictures or files.';

function corrected({ grounds }: Decision): readonly ReplyPart[] {
  if (grounds.corrections.length === 0) return [];
  const words = grounds.corrections.map(({ from, to }) => `“${to}” for “${from}”`).join(', ');
  return [{ kind: 'note', text: `Searched ${words}.` }];
}

/** Says why as well: to be handed over without a word of reason reads as if nobody had tried. */
const HANDED_OVER: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'I have handed this over to the IT team: ',
  'excluded-topic': 'This is for a person to answer, so I have handed it over to the IT team: ',
  'nothing-found': 'I found nothing about this in the IT guides, so I have handed it over to the IT team: ',
  unsure: 'I found no sure answer to this in the IT guides, so I have handed it over to the IT team: ',
  unavailable: 'I could not look this up just now, so I have handed it over to the IT team: ',
};

function newsPart({ news, reason }: Extract<Decision, { kind: 'report' }>, ticket: Ticket | null): ReplyPart {
  switch (news) {
    case 'ticket-open':
      if (ticket === null || ticket.key === null || ticket.url === null) return text('Your ticket is open.');
      return {
        kind: 'ticket',
        before: HANDED_OVER[reason],
        key: ticket.key,
        url: ticket.url,
        after: '. They have this whole conversation, and whatever you add here reaches them too.',
      };
    case 'taken':
      return text('Your request is taken. The ticket cannot be opened just now; I will post it here as soon as it is.');
    case 'told-otherwise':
      return text('I could not open a ticket for this. Please contact the IT team directly.');
  }
}

function outcomeText({ action, byName }: Outcome): string {
  switch (action) {
    case 'solved':
      return `Marked as solved by ${byName}`;
    case 'get-human':
      return `Handed over to the IT team for ${byName}`;
    case 'answer-privately':
      return `Sent privately to ${byName}`;
  }
}

function text(words: string): ReplyPart {
  return { kind: 'text', text: words };
}
