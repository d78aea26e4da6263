import { SIGNAL_NAMES, type SignalName } from '#domain/confidence.ts';
import type { Decision, Grounds, Thresholds } from '#domain/decision.ts';
import type { Trail, TrailJob, TrailTurn } from '#domain/trail.ts';
import { modelLines } from './model-words.ts';
import {
  placeWords,
  plainly,
  pressed,
  quoted,
  reasonWords,
  signalWords,
  verdictWords,
  whoSpoke,
} from './verdict-words.ts';

/** As it comes in JSON: times are texts. */
export type Told<T> = T extends Date ? string : T extends object ? { readonly [Field in keyof T]: Told<T[Field]> } : T;

/** What `GET /operator/why` answers. */
export type ToldTrail = Told<Omit<Trail, 'turns'>> & {
  readonly turns: readonly (Told<TrailTurn> & { readonly link: string | null })[];
};
type ToldTurn = ToldTrail['turns'][number];
type ToldJob = Told<TrailJob>;

/** Tells a trail in plain words, a line each: what was said, found and decided, the jobs, the ticket. Times are UTC. */
export function trailWords(trail: ToldTrail): string {
  const { conversation, turns, ticket } = trail;
  const [first] = turns;
  const opened = first === undefined ? '' : ` on ${first.at.slice(0, 10)}`;
  return [
    `A conversation ${placeWords[conversation.place]}${opened}, opened by ${conversation.requesterRef} (times are UTC)`,
    ...turns.flatMap((turn) => ['', ...turnLines(turn, trail)]),
    '',
    'Jobs',
    ...(trail.jobs.length === 0 ? ['  None is kept: what is done is forgotten after a day.'] : trail.jobs.map(jobLine)),
    '',
    'Ticket',
    ...(ticket === null ? ['  None.'] : ticketLines(ticket)),
  ].join('\n');
}

function turnLines(turn: ToldTurn, trail: ToldTrail): readonly string[] {
  const { decision } = turn;
  return indented(
    decision === null
      ? [`${timeOf(turn.at)}  ${saidWords(turn, trail)}`, ...arrivalLines(turn, trail)]
      : [`${timeOf(turn.at)}  ${verdictWords(decision)}`, ...groundsLines(decision), ...postLines(turn)],
  );
}

function saidWords(turn: ToldTurn, { conversation, turns }: ToldTrail): string {
  const { author, authorName, stage, action, values, withdrawn, text, files } = turn;
  const name = authorName === null ? whoSpoke[author] : `${plainly(authorName)} of the IT staff`;
  const who = stage === 'triage' ? `${name}, in the triage channel,` : name;
  if (values !== null) return `${who} sent a form${formWords(values)}`;
  if (action !== null) return `${who} pressed “${pressed(action)}”`;
  if (withdrawn) return `${who} wrote something and took it back`;
  const attached = files.length === 0 ? '' : `, with ${files.map((file) => plainly(file.name)).join(', ')}`;
  const isPending = turns.indexOf(turn) > turns.findIndex(({ id }) => id === conversation.handledThrough);
  return `${who} wrote: ${quoted(text)}${attached}${isPending ? ' (not decided on yet)' : ''}`;
}

function formWords(values: Readonly<Record<string, string>>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== '');
  return filled.length === 0
    ? ''
    : `: ${filled.map(([name, value]) => `${plainly(name)} ${quoted(value)}`).join(', ')}`;
}

function arrivalLines(turn: ToldTurn, { events }: ToldTrail): readonly string[] {
  const own = events.filter(({ turnId }) => turnId === turn.id);
  const stored = `stored ${Math.max(0, Date.parse(turn.recordedAt) - Date.parse(turn.at))} ms after it was said`;
  if (own.length === 0) return [stored];
  return [`${stored}, from ${plural(own.length, 'event')}: ${own.map(({ id }) => id).join(', ')}`];
}

function groundsLines(decision: Told<Decision>): readonly string[] {
  const { question, corrections, found, confidence, thresholds, checked, model, unreadPictures } = decision.grounds;
  const asked = [
    ...(unreadPictures === undefined ? [] : [`not read: ${plural(unreadPictures, 'picture')}`]),
    ...(model === undefined ? [] : modelLines(model)),
  ];
  if (question === null) return asked;
  const reread = corrections.map(({ from, to }) => `${quoted(from)} read as ${quoted(to)}`);
  return [
    `searched: ${[quoted(question), ...reread].join(', ')}`,
    ...(found.length === 0 ? ['found: nothing'] : ['found, with its score:', ...found.map(foundLine)]),
    ...(confidence === null ? [] : confidenceLines(confidence, decision, thresholds)),
    ...(checked === 'unchecked'
      ? ['the source could not say in time whether this still holds: the stored copy was used']
      : []),
    ...asked,
  ];
}

function foundLine({ title, section, url, score, restricted }: Told<Grounds>['found'][number]): string {
  const place = section === undefined ? plainly(title) : `${plainly(title)} › ${plainly(section)}`;
  return `  ${figure(score)}  ${place}  ${plainly(url)}${restricted === true ? '  (not everybody may read it)' : ''}`;
}

function confidenceLines(
  { value, signals }: NonNullable<Told<Grounds>['confidence']>,
  decision: Told<Decision>,
  thresholds: Told<Thresholds> | null,
): readonly string[] {
  const names = [...SIGNAL_NAMES.filter((name) => name in signals), ...Object.keys(signals).filter(isUnknown)];
  return [
    `confidence ${figure(value)} of 1: ${againstThresholds(value, decision, thresholds)}`,
    ...names.map((name) => {
      const meaning = name in signalWords ? signalWords[name as SignalName] : 'a signal of another version';
      return `  ${figure(signals[name] ?? 0)}  ${name.padEnd(15)}  ${meaning}`;
    }),
  ];
}

function isUnknown(name: string): boolean {
  return !SIGNAL_NAMES.some((known) => known === name);
}

function againstThresholds(value: number, decision: Told<Decision>, thresholds: Told<Thresholds> | null): string {
  if (thresholds === null) return 'the thresholds of that time were not recorded';
  const { answerAt, suggestAt } = thresholds;
  const set = `answers from ${figure(answerAt)} on, links from ${figure(suggestAt)} on`;
  if (value < suggestAt) return `too little for an answer or for links (${set})`;
  // What reached a threshold and was not shown had been shown before: see src/domain/decide.ts.
  if (decision.kind === 'escalate') return `enough, but what it would show was shown before (${set})`;
  if (value < answerAt) return `too little for an answer, enough for links (${set})`;
  return decision.kind === 'suggest'
    ? `enough for an answer, but there was no line to quote (${set})`
    : `enough for an answer (${set})`;
}

function postLines({ decision, link, postRef }: ToldTurn): readonly string[] {
  if (link !== null) return [`posted: ${plainly(link)}`];
  const speaks = decision !== null && !['silent', 'escalate', 'forward', 'reopen'].includes(decision.kind);
  return speaks && postRef === null ? ['not posted yet'] : [];
}

function jobLine({ name, state, tries, sentAt, startedAt, endedAt, error }: ToldJob): string {
  const ran = [
    startedAt === null ? [] : [`last begun ${since(sentAt, startedAt)} after it was sent`],
    startedAt === null || endedAt === null ? [] : [`ran ${since(startedAt, endedAt)}`],
    error === null ? [] : [`last failure: ${plainly(error)}`],
  ].flat();
  return `  ${[`${timeOf(sentAt)}  ${name}: ${state}`, plural(tries, 'try', 'tries'), ...ran].join(', ')}`;
}

function ticketLines({ reason, openedAt, triedAt, key, url }: NonNullable<ToldTrail['ticket']>): readonly string[] {
  const asked = `  asked for at ${timeOf(openedAt)}: ${reasonWords[reason]}`;
  const tried = triedAt === null ? [] : [`  last attempt to create it at ${timeOf(triedAt)}`];
  return [asked, ...tried, key === null ? '  not created yet' : `  ${plainly(key)}  ${plainly(url ?? '')}`];
}

function indented([first = '', ...others]: readonly string[]): readonly string[] {
  return [first, ...others.map((line) => `              ${line}`)];
}

function timeOf(iso: string): string {
  return iso.slice(11, 23);
}

/** Of below ten thousand ms as such, else of seconds. */
function since(from: string, to: string): string {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  return ms < 10_000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function figure(value: number): string {
  return value.toFixed(2);
}
