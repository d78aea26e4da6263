import type { Action } from './conversation.ts';
import type { Decision, EscalationReason, News } from './decision.ts';
import type { ReplyPart } from './reply.ts';
import type { Ticket } from './ticket.ts';

type Report = Extract<Decision, { kind: 'report' }>;

/** News of a ticket, in words an employee understands. */
export function newsParts({ news, reason, detail = '' }: Report, ticket: Ticket | null): readonly ReplyPart[] {
  if (news === 'added') return added(ticket);
  if (news !== 'ticket-open') return [{ kind: 'text', text: sentences[news](detail) }];
  const told: ReplyPart[] = detail === '' ? [] : [{ kind: 'text', text: detail }];
  return [opened(HANDED_OVER[reason], ticket), ...told];
}

export function newsButtons(news: News): readonly Action[] {
  if (news === 'resolved') return ['solved', 'not-yet'];
  return ['gone', 'followed-resolved', 'followed-gone'].includes(news) ? ['get-human'] : [];
}

const sentences: Readonly<Record<Exclude<News, 'ticket-open' | 'added'>, (detail: string) => string>> = {
  taken: () => 'Your request is taken. The ticket cannot be opened just now; I will post it here as soon as it is.',
  'told-otherwise': () => 'I could not open a ticket for this. Please contact the IT team directly.',
  assigned: (name) => `${name} from IT has taken this.`,
  status: (sentence) => sentence,
  resolved: (how) => `IT says that this is solved${how === '' ? '' : `: ${how}`}. Is it solved for you?`,
  'followed-resolved': () => 'IT says that the problem you follow is solved. If yours is not, get a human.',
  'followed-reopened': () => 'The problem you follow is open again, and IT knows.',
  'followed-gone': () => 'The ticket you follow is no longer there. If you still need help, get a human.',
  reopened: (when) => `This is open again, and IT knows.${when === '' ? '' : ` ${when}`}`,
  moved: (key) => `Your ticket has moved: it is ${key} now. Everything goes on here as before.`,
  gone: () => 'The ticket of this conversation is no longer there. If you still need help, get a human.',
};

/** Says why as well: to be handed over without a word of reason reads as if nobody had tried. */
const HANDED_OVER: Readonly<Record<EscalationReason, string>> = {
  'asked-for-a-person': 'I have handed this over to the IT team: ',
  'excluded-topic': 'This is for a person to answer, so I have handed it over to the IT team: ',
  'nothing-found': 'I found nothing about this in the IT guides, so I have handed it over to the IT team: ',
  unsure: 'I found no sure answer to this in the IT guides, so I have handed it over to the IT team: ',
  unavailable: 'I could not look this up just now, so I have handed it over to the IT team: ',
  'needs-a-person': 'This takes somebody in IT, so I have handed it over to the IT team: ',
  'came-back': 'As it is not solved, I have opened another ticket: ',
};

function added(ticket: Ticket | null): readonly ReplyPart[] {
  if (ticket === null || ticket.key === null || ticket.url === null) return [];
  const after = '. For something else begin with “new:”.';
  return [{ kind: 'ticket', before: 'Added to ', key: ticket.key, url: ticket.url, after }];
}

function opened(before: string, ticket: Ticket | null): ReplyPart {
  if (ticket === null || ticket.key === null || ticket.url === null) {
    return { kind: 'text', text: 'Your ticket is open.' };
  }
  const after = '. They have this whole conversation, and whatever you add here reaches them too.';
  return { kind: 'ticket', before, key: ticket.key, url: ticket.url, after };
}
