import type { Action, Conversation, Turn } from './conversation.ts';
import type { Decision, Incident, OpenRequest, Verdict } from './decision.ts';
import { type FileLimits, filesThere, refusedFiles } from './mirrored-file.ts';
import { newsButtons, newsParts } from './news-words.ts';
import { withoutWish } from './openings.ts';
import { isFromTicket } from './reconcile.ts';
import { hasForm } from './forms.ts';
import { COMMANDS } from './command.ts';
import type { Reply, ReplyPart, RequestLine } from './reply.ts';
import { textOf } from './reply-text.ts';
import { cardButtons, cardParts, lessonButtons, lessonParts } from './staff-words.ts';
import type { Ticket } from './ticket.ts';

/** What people see of a decision; null when nothing is shown. `ticket` is the conversation's, if it has one. */
export function replyOf(decision: Decision, ticket: Ticket | null): Reply | null {
  const parts = partsOf(decision, ticket);
  return parts === null ? null : { parts, buttons: buttonsOf(decision) };
}

/**
 * The same of any turn that we post: our own, an agent's, or what the requester wrote on the ticket. `limits`: which of
 * its files are shown with it; all when not given.
 */
export function replyOfTurn(turn: Turn, ticket: Ticket | null, limits: FileLimits | null = null): Reply | null {
  if (turn.decision !== null) return replyOf(turn.decision, ticket);
  if (!isPassedOn(turn) || turn.stage !== 'thread') return null;
  const left = limits === null ? [] : refusedFiles(turn, limits);
  const files = filesThere(turn)
    .filter(({ name }) => !left.some((one) => one.name === name))
    .map(({ name }) => name)
    // a picture among the words is named where it stands; backslashes escape brackets
    .filter((name) => !turn.text.replaceAll('\\', '').includes(`[${name}]`))
    .join(', ');
  const said = saidPart(turn);
  const place = turn.personRef === null ? 'is only on the ticket' : 'stays with IT';
  const notes = [
    ...(files === '' ? [] : [`With files: ${files}`]),
    ...left.map(({ name, why }) => `${name} ${place}: ${why}`),
  ];
  return { parts: [said, ...notes.map((text): ReplyPart => ({ kind: 'note', text }))], buttons: [] };
}

function saidPart(turn: Turn): ReplyPart {
  const said = { kind: 'said', who: turn.authorName ?? 'Someone', markdown: turn.text } as const;
  if (isCarriedOver(turn)) return { ...said, side: 'elsewhere' };
  return turn.author === 'requester' ? { ...said, side: 'requester' } : said;
}

/** Whether it is people's words that we post: they were written on the ticket, in the triage channel, or in another chat. */
export function isPassedOn(turn: Turn): boolean {
  return turn.author === 'agent' || isFromTicket(turn) || isCarriedOver(turn);
}

/** What the requester said in another chat of theirs, and had taken over. */
function isCarriedOver({ author, personRef, authorName }: Turn): boolean {
  return author === 'requester' && personRef !== null && authorName !== null;
}

/** The same reply once the employee has chosen: the buttons make way for a line that says what has become of it. */
export function settledReplyOf(decision: Decision, outcome: Outcome): Reply | null {
  const parts = partsOf(decision, null);
  if (parts === null) return null;
  const { action } = outcome;
  const form = action !== 'silent' && hasForm(action) ? { form: action } : {};
  return { parts: [...parts, { kind: 'note', text: outcomeText(outcome) }], buttons: [], ...form };
}

/** In the place of what an agent took back, where its post may not be deleted. */
export const TAKEN_BACK: Reply = { parts: [text('(taken back by IT)')], buttons: [] };

/** What has become of an answer. `byName`: who said so. `silent`: nobody said anything for long. */
export interface Outcome {
  readonly action: Action | 'silent';
  readonly byName: string;
}

/** What has become of a post with buttons: the click on this very post, else what was said or done otherwise. */
export function outcomeOf(conversation: Conversation, turn: Turn): { action: Outcome['action']; personRef: string } {
  const click = conversation.turns.findLast(
    ({ action, aboutTurnId, author, values }) =>
      action !== null && !isThumb(action) && values === null && aboutTurnId === turn.id && author === 'requester',
  );
  return {
    action: click?.action ?? unclicked(conversation, turn),
    personRef: click?.personRef ?? conversation.requesterRef,
  };
}

/** Whether a turn may come when people talk of something else by then: what IT says, and what becomes of a ticket. */
export function comesLater(turn: Turn): boolean {
  if (turn.stage !== 'thread') return false;
  const { decision } = turn;
  return isPassedOn(turn) || (decision?.kind === 'report' && !AT_ONCE.has(decision.news)) || decision?.kind === 'close';
}

const AT_ONCE: ReadonlySet<string> = new Set(['taken', 'ticket-open', 'told-otherwise', 'added']);

/** Names the question of a conversation; null when nothing was said in words. */
export function aboutNote({ turns, ticket }: Conversation): ReplyPart | null {
  const question = turns.find(({ author, text: said }) => author === 'requester' && /[\p{L}\p{N}]/u.test(said))?.text;
  if (question === undefined) return null;
  const line = withoutWish(question).replaceAll(/\s+/g, ' ').trim();
  const short = line.length <= ABOUT_CHARACTERS ? line : `${line.slice(0, ABOUT_CHARACTERS - 1).toWellFormed()}…`;
  return { kind: 'note', text: `${ticket?.key == null ? 'About' : `${ticket.key}, about`} “${short}”` };
}

const ABOUT_CHARACTERS = 80;

/** Says how good an answer is, and leaves its buttons as they are. */
export function isThumb(action: Action): boolean {
  return action === 'helpful' || action === 'not-helpful';
}

/** A ticket outweighs: it is there whatever was clicked. */
function unclicked({ ticket, turns }: Conversation, { decision }: Turn): Outcome['action'] {
  if (decision?.kind !== 'report') return ticket === null ? 'solved' : 'get-human';
  if (ticket?.phase !== 'closed') return 'not-yet';
  return turns.some((turn) => turn.decision?.kind === 'close') ? 'solved' : 'silent';
}

const RATES = ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'] as const;

/** What is said with each kind of decision, and the buttons below it; null: nothing. */
type Speaking = {
  readonly [K in Verdict['kind']]: {
    readonly parts: (decision: Extract<Decision, { kind: K }>, ticket: Ticket | null) => readonly ReplyPart[];
    readonly buttons: (verdict: Extract<Verdict, { kind: K }>) => readonly Action[];
  } | null;
};

const speaking: Speaking = {
  answer: {
    parts: (decision) => [
      answerPart(decision),
      { kind: 'sources', label: 'From', citations: decision.citations },
      ...corrected(decision),
      ...unread(decision),
    ],
    buttons: () => ['solved', 'get-human'],
  },
  suggest: {
    parts: (decision) => [
      text('I am not sure enough to answer this. These may help:'),
      { kind: 'sources', label: '', citations: decision.citations },
      ...corrected(decision),
      ...unread(decision),
    ],
    buttons: () => ['solved', 'get-human'],
  },
  'offer-private': { parts: () => [text(PRIVATE_OFFER)], buttons: () => ['answer-privately', 'get-human'] },
  'offer-follow': { parts: ({ incident }) => [offerToFollow(incident)], buttons: () => ['follow', 'get-human'] },
  follow: { parts: ({ incident }) => [following(incident)], buttons: () => ['get-human'] },
  'offer-continue': {
    parts: ({ request }) => [offerToContinue(request)],
    buttons: () => ['continue', 'get-human'],
  },
  continue: { parts: ({ request, again }) => continued(request, again === true), buttons: () => [] },
  help: { parts: () => helpParts(), buttons: () => [] },
  status: { parts: ({ requests }) => statusParts(requests), buttons: () => [] },
  ask: { parts: (decision) => [text(askBack(decision))], buttons: () => ['get-human'] },
  close: {
    parts: ({ rated }) => [text(rated === true ? `${GOOD_TO_HEAR} Thank you!` : `${GOOD_TO_HEAR} How did this go?`)],
    buttons: ({ rated }) => (rated === true ? [] : RATES),
  },
  report: { parts: newsParts, buttons: ({ news }) => newsButtons(news) },
  triage: { parts: ({ card }, ticket) => cardParts(card, ticket), buttons: ({ card }) => cardButtons(card) },
  lesson: {
    parts: ({ lesson }, ticket) => lessonParts(lesson, ticket),
    buttons: ({ lesson }) => lessonButtons(lesson),
  },
  escalate: null,
  forward: null,
  reopen: null,
  silent: null,
};

export function buttonsOf<K extends Verdict['kind']>(verdict: Extract<Verdict, { kind: K }>): readonly Action[] {
  const kind: K = verdict.kind;
  return speaking[kind]?.buttons(verdict) ?? [];
}

function partsOf<K extends Verdict['kind']>(
  decision: Extract<Decision, { kind: K }>,
  ticket: Ticket | null,
): readonly ReplyPart[] | null {
  const kind: K = decision.kind;
  return speaking[kind]?.parts(decision, ticket) ?? null;
}

/** The bot's own words as they stand in the transcript: plain text, empty when nothing is said. */
export function turnText(decision: Decision, ticket: Ticket | null): string {
  return textOf(partsOf(decision, ticket) ?? []);
}

/** Says nothing of what was found: those who read along may not know of it. */
const PRIVATE_OFFER =
  'I found something that fits, but not everyone here may read it. I can send it to you in a direct message.';

const GOOD_TO_HEAR = 'Good to hear that it is solved.';

const QUESTIONS_BACK = {
  'nothing-asked':
    'Hello! What do you need help with? Tell me in a sentence, for example “my VPN keeps dropping”. I cannot read files.',
  'only-pictures':
    'I cannot read this picture. Please tell me in words what is wrong, and copy out any error message. If I cannot help, the picture goes to IT with the ticket.',
  stopped: 'Stopped. Tell me what you need instead, or get a human.',
} as const;

/** What a model wrote and the checks let through, else the lines of the document. */
function answerPart({ quote, written, citations }: Extract<Verdict, { kind: 'answer' }>): ReplyPart {
  return written === undefined ? { kind: 'quote', markdown: quote } : { kind: 'written', written, citations };
}

function askBack(verdict: Extract<Verdict, { kind: 'ask' }>): string {
  return verdict.about === 'more' ? verdict.question : QUESTIONS_BACK[verdict.about];
}

function unread({ grounds }: Decision): readonly ReplyPart[] {
  if (grounds.unreadPictures === undefined) return [];
  const what = grounds.unreadPictures === 1 ? 'the picture' : 'the pictures';
  return [{ kind: 'note', text: `I could not read ${what}. If it matters, tell me in words what it says.` }];
}

function corrected({ grounds }: Decision): readonly ReplyPart[] {
  if (grounds.corrections.length === 0) return [];
  const words = grounds.corrections.map(({ from, to }) => `“${to}” for “${from}”`).join(', ');
  return [{ kind: 'note', text: `Searched ${words}.` }];
}

/** Names the ticket and how many have it, and nothing of what others said. */
function offerToFollow({ key, url, people }: Incident): ReplyPart {
  const before = `${people} people have asked about something like this lately, and IT knows. Is yours the same as `;
  const after = '? Follow it to get its news here. If yours is something else, get a human.';
  return { kind: 'ticket', before, key, url, after };
}

function following({ key, url }: Incident): ReplyPart {
  return { kind: 'ticket', before: 'You follow ', key, url, after: ' now. What is new there I will tell you here.' };
}

/** Names the ticket and nothing of it: others may read along. */
function offerToContinue({ key, url }: OpenRequest): ReplyPart {
  const after = ' open about something like this. Continue there? If this is something else, get a human.';
  return { kind: 'ticket', before: 'You have ', key, url, after };
}

function continued({ key, url, thread }: OpenRequest, again: boolean): readonly ReplyPart[] {
  if (again) return [{ kind: 'ticket', before: 'Added to ', key, url, after: '.' }];
  const where: ReplyPart =
    thread === ''
      ? text('It is answered where it began.')
      : {
          kind: 'link',
          before: 'It is answered in ',
          text: 'the conversation where it began',
          url: thread,
          after: '.',
        };
  const after = '. What you write here goes there as well.';
  return [{ kind: 'ticket', before: 'What you wrote is added to ', key, url, after }, where];
}

/** What the bot is and how it is talked to, with the commands. */
export function helpParts(): readonly ReplyPart[] {
  const commands = COMMANDS.map(({ name, says }) => `“${name}”: ${says}`).join('\n');
  return [
    text(
      'I answer IT questions from your company’s own guides, and say where it stands. When I am not sure, or when you ask for a human, I open a ticket with our conversation in it, and what IT answers comes here.',
    ),
    text(`Just tell me what is wrong in a sentence. You can also write\n${commands}`),
    { kind: 'note', text: 'I cannot read files, but IT gets them with the ticket.' },
  ];
}

/** @param requests null: others read along. */
export function statusParts(requests: readonly RequestLine[] | null): readonly ReplyPart[] {
  if (requests === null)
    return [text('I tell you that between the two of us: write “status” to me in a direct message.')];
  if (requests.length === 0) return [text('You have no requests with IT.')];
  return [text('Your requests:'), { kind: 'requests', requests }];
}

function outcomeText({ action, byName }: Outcome): string {
  if (action === 'silent') return 'Closed, because nobody said that it is not solved. Write here if it is not.';
  if (action.startsWith('rate-')) return `Rated ${action.slice('rate-'.length)} of 5 by ${byName}. Thank you!`;
  return `${OUTCOMES[action] ?? 'Handed over to the IT team for'} ${byName}`;
}

/** Followed by who pressed it. */
const OUTCOMES: Readonly<Partial<Record<Action, string>>> = {
  solved: 'Marked as solved by',
  'not-yet': 'Not solved yet, says',
  follow: 'Followed by',
  continue: 'Taken to their ticket by',
  'answer-privately': 'Sent privately to',
};

function text(words: string): ReplyPart {
  return { kind: 'text', text: words };
}
