import type { TrailDecision } from '../operator.ts';
import { traceOf, whySteppedDown, writtenIn } from './story-trace.ts';

const handedOver: Readonly<Record<string, string>> = {
  'asked-for-a-person': 'a person was asked for.',
  'excluded-topic': 'the company wants a person to look after this topic.',
  'nothing-found': 'nothing was found that the question could be about.',
  unsure: 'twice nothing was asked that could be searched for.',
  unavailable: 'the question could not be worked on, however often it was tried.',
  'needs-a-person': 'the model found that it takes somebody in IT.',
  'came-back': 'what was solved is back, and another ticket is to continue the one before.',
};

const saidNothing: Readonly<Record<string, string>> = {
  solved: 'the person says that it is solved.',
  'colleagues-talking': 'colleagues are talking to each other.',
  'not-addressed': 'this was not meant for Firstline.',
  withdrawn: 'the message was deleted before it was handled.',
  acknowledged: 'a thank-you needs no answer.',
  'handed-over': 'a person is looking after it already.',
  'sent-privately': 'the answer goes to direct messages.',
  noted: 'what was sent is kept and told to IT, and needs no answer.',
};

const news: Readonly<Record<string, string>> = {
  taken: 'Told the thread that the request is noted, and that the ticket follows once Jira takes it.',
  'ticket-open': 'Told the thread that the ticket is open.',
  added: 'Told the chat that what was written is on the ticket.',
  'told-otherwise': 'Told the thread that no ticket could be made, and whom to ask instead.',
  assigned: 'Told the thread who in IT has taken it.',
  status: 'Told the thread how far it is.',
  resolved: 'Told the thread that IT says it is solved, and asked whether it is.',
  'followed-resolved': 'Told the thread that the problem it follows is solved.',
  'followed-reopened': 'Told the thread that the problem it follows is open again.',
  'followed-gone': 'Told the thread that the ticket it follows is no longer there.',
  reopened: 'Told the thread that the ticket is open again.',
  moved: 'Told the thread that the ticket has another key now.',
  gone: 'Told the thread that the ticket is no longer there.',
};

const sentences: Readonly<Record<string, (decision: TrailDecision, reason: string) => string>> = {
  answer: (decision) => `Answered${inItsWords(decision) ?? `: ${comparedWith(decision) ?? 'it was sure enough.'}`}`,
  suggest: (decision) => `Offered links: ${comparedWith(decision) ?? 'it was not sure enough to answer.'}`,
  escalate: (decision, reason) => `Handed over: ${whyHandedOver(decision) ?? handedOver[reason] ?? `${reason}.`}`,
  ask: askedBack,
  forward: () => 'Passed on: a person has the ticket, so what was added goes there as a comment.',
  'offer-private': () => 'Offered a private answer: not everybody who reads along may read what answers it.',
  'offer-follow': ({ incident }) =>
    `Offered to follow ${incident?.key ?? 'a ticket'}: ${incident?.people ?? 'several'} people have asked about something like this.`,
  follow: ({ incident }) => `Follows ${incident?.key ?? 'a ticket'} from now on: what is new there is told here.`,
  'offer-continue': () => 'Offered to go on in a ticket of theirs that is open.',
  continue: () => 'Took what was said over to a ticket of theirs that is open.',
  help: () => 'Said what Firstline does, as was asked.',
  status: () => 'Listed the requests of who asked.',
  reopen: () => 'Opens the ticket again: it is not solved after all.',
  close: () => 'Closed the ticket: the person agrees that it is solved, and is asked for a rating.',
  triage: ({ card }) => `Showed the request to IT staff in the triage channel${stateOf(card)}.`,
  lesson: ({ lesson }) => lessons[lesson?.state ?? '']?.(lesson?.by ?? 'IT') ?? lessons['proposed']?.('') ?? '',
  silent: (_, reason) => `Said nothing: ${saidNothing[reason] ?? `${reason}.`}`,
  report: (decision) => news[decision.news ?? ''] ?? 'Told the thread what became of the ticket.',
};

const lessons: Readonly<Record<string, (by: string) => string>> = {
  proposed: () => 'Proposed to IT staff what to learn from the ticket.',
  approved: (by) => `Learns from the ticket: ${by} has approved the question and its answer.`,
  discarded: (by) => `Learns nothing from the ticket: ${by} has discarded it.`,
};

function stateOf(card: TrailDecision['card']): string {
  const states = [
    card?.takenBy == null ? '' : `, taken by ${card.takenBy}`,
    card?.mutedBy == null ? '' : `, muted by ${card.mutedBy}`,
  ];
  return states.join('');
}

/** What was decided and why, in one sentence for somebody who does not know the program. */
export function verdictOf(decision: TrailDecision): string {
  const sentence = sentences[decision.kind]?.(decision, decision.reason ?? '') ?? `Decided: ${decision.kind}.`;
  const why = whySteppedDown(traceOf(decision));
  return why === null ? sentence : `${sentence} Without the model: ${why}.`;
}

/** How sure it is of what a model wrote counts then, not how sure the search was. */
function inItsWords(decision: TrailDecision): string | null {
  if (writtenIn(decision) === null) return null;
  const confidence = traceOf(decision)?.confidence;
  const sure = confidence == null ? '' : `, ${surely(confidence.value)} sure that they are right`;
  return ` in words of the model that passed the checks${sure}.`;
}

const askedFor: Readonly<Record<string, string>> = {
  'only-pictures': 'the message is a picture, and nobody could read it.',
  stopped: 'the person pressed Stop, and may want something else.',
};

function askedBack({ about, question }: TrailDecision): string {
  if (typeof question === 'string') return `Asked back, in words of the model: “${question}”`;
  return `Asked back: ${askedFor[about ?? ''] ?? 'the message holds nothing that could be searched for.'}`;
}

function whyHandedOver({ reason, grounds }: TrailDecision): string | null {
  const { confidence, thresholds } = grounds;
  if (reason !== 'unsure' || confidence === null) return null;
  if (thresholds == null) return `a confidence of ${percent(confidence.value)} is not enough.`;
  if (confidence.value >= thresholds.suggestAt) return 'what fits best has been shown before, and did not help.';
  const [value, needed] = apart(confidence.value, thresholds.suggestAt);
  return `confidence ${value} is below the ${needed} that even a link needs.`;
}

function comparedWith({ kind, grounds }: TrailDecision): string | null {
  const { confidence, thresholds } = grounds;
  if (confidence === null || thresholds == null) return null;
  const [value, needed] = apart(confidence.value, thresholds.answerAt);
  const isEnough = confidence.value >= thresholds.answerAt;
  if (kind === 'answer') return `confidence ${value} is above the ${needed} that an answer needs.`;
  if (isEnough) return `confidence ${value} is enough to answer, but there were no lines to quote.`;
  const [, forLinks] = apart(confidence.value, thresholds.suggestAt);
  return `confidence ${value} is below the ${needed} that an answer needs, and above the ${forLinks} for links.`;
}

/** Two shares as percentages with as many digits as it takes to see which one is larger. */
function apart(one: number, other: number): readonly [string, string] {
  const digits = [0, 1, 2].find((count) => percent(one, count) !== percent(other, count)) ?? 2;
  return [percent(one, digits), percent(other, digits)];
}

/** Nothing is ever all sure. */
function surely(share: number): string {
  return share >= 0.995 ? 'more than 99 %' : percent(share);
}

function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)} %`;
}
