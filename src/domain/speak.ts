import type { Action } from './conversation.ts';
import type { Decision, Verdict } from './decide.ts';
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
  return kind === 'ask' ? ['get-human'] : [];
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
    case 'ask':
      return [text('Hello! What do you need help with? Tell me in a sentence, for example “my VPN keeps dropping”.')];
    case 'report':
      return [news(decision.news, ticket)];
    case 'escalate':
    case 'forward':
    case 'silent':
      return null;
  }
}

function corrected({ grounds }: Decision): readonly ReplyPart[] {
  if (grounds.corrections.length === 0) return [];
  const words = grounds.corrections.map(({ from, to }) => `“${to}” for “${from}”`).join(', ');
  return [{ kind: 'note', text: `Searched ${words}.` }];
}

function news(what: 'taken' | 'ticket-open' | 'told-otherwise', ticket: Ticket | null): ReplyPart {
  switch (what) {
    case 'ticket-open':
      if (ticket === null || ticket.key === null || ticket.url === null) return text('Your ticket is open.');
      return {
        kind: 'ticket',
        before: 'I have handed this over to the IT team: ',
        key: ticket.key,
        url: ticket.url,
        after: '. They have this whole conversation, and whatever you add here reaches them too.',
      };
    case 'taken':
      return text(
        'Your request is taken. I cannot reach the ticket system just now; I will post the ticket here as soon as it exists.',
      );
    case 'told-otherwise':
      return text(
        'I could not open a ticket for this. Please contact the IT team directly; they can read your question in my records.',
      );
  }
}

function outcomeText({ action, byName }: Outcome): string {
  return action === 'solved' ? `Marked as solved by ${byName}` : `Handed over to the IT team for ${byName}`;
}

function text(words: string): ReplyPart {
  return { kind: 'text', text: words };
}
