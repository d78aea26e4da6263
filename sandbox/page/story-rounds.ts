import type { Trail, TrailDecision, TrailJob, TrailTurn } from '../operator.ts';
import { tsOfTeams } from './teams-ids.ts';

/** A turn of the bot's that decided something, or told news of the ticket. */
export type DecidedTurn = TrailTurn & { readonly decision: TrailDecision };

/** The part of a conversation that one decision dealt with, or what IT said, which no decision deals with. */
export interface TrailRound {
  /** What people said and clicked, in order. */
  readonly said: readonly TrailTurn[];
  /** Somebody in IT said it, on the ticket or in the triage channel. */
  readonly byIt: boolean;
  /** Null while nothing is decided. */
  readonly decided: DecidedTurn | null;
  /** News of the ticket that this decision led to. */
  readonly news: readonly DecidedTurn[];
  /** Epoch milliseconds: when the first of it was stored. */
  readonly from: number;
}

/** A job is sent in the transaction that stores what it is for; two clocks may differ by this much. */
const toleranceMs = 20;

interface OpenRound {
  readonly byIt: boolean;
  readonly said: TrailTurn[];
  decided: DecidedTurn | null;
  readonly news: DecidedTurn[];
}

/** Decisions that no turn of a person called for. */
const news: ReadonlySet<string> = new Set(['report', 'triage', 'lesson']);

/**
 * Cuts the turns into rounds. A round ends with a decision; news of the ticket belong to the round that opened it. What
 * IT says is a round of its own.
 */
export function roundsOf({ turns }: Trail): readonly TrailRound[] {
  const rounds: OpenRound[] = [];
  for (const turn of turns) {
    const waits = rounds.findLast(({ decided, byIt }) => decided === null && !byIt);
    if (!isDecided(turn)) addSaid(rounds, turn, waits);
    else if (news.has(turn.decision.kind)) {
      const opened = rounds.findLast(({ decided }) => decided?.decision.kind === 'escalate') ?? rounds.at(-1);
      opened?.news.push(turn);
    } else if (waits === undefined) rounds.push({ byIt: false, said: [], decided: turn, news: [] });
    else waits.decided = turn;
  }
  return rounds.map((round) => ({ ...round, from: Date.parse((round.said[0] ?? round.decided)?.recordedAt ?? '') }));
}

function addSaid(rounds: OpenRound[], turn: TrailTurn, waits: OpenRound | undefined): void {
  const byIt = turn.author === 'agent';
  const last = rounds.at(-1);
  const ofIt = last?.byIt === true ? last : undefined;
  const own = byIt ? ofIt : waits;
  if (own === undefined) rounds.push({ byIt, said: [turn], decided: null, news: [] });
  else own.said.push(turn);
}

/** Which round a job belongs to: that of the turns it is about, or of the time it was sent at. */
export function roundOfJob(rounds: readonly TrailRound[], job: TrailJob): number {
  const sentAt = Date.parse(job.sentAt);
  if (['escalate', 'link', 'suggest'].includes(job.name)) {
    const opened = rounds.findLastIndex(({ decided }) => decided?.decision.kind === 'escalate');
    return opened === -1 ? roundAt(rounds, sentAt) : opened;
  }
  // What takes the buttons off an earlier post is about that post, but happens because of a later decision.
  const own = job.name === 'settle' ? -1 : rounds.findIndex((round) => job.turnIds.some((id) => holds(round, id)));
  return own === -1 ? roundAt(rounds, sentAt) : own;
}

/** Whether the job was there and not over at this time; epoch milliseconds. */
export function isAtWork({ sentAt, endedAt }: TrailJob, time: number): boolean {
  return Date.parse(sentAt) <= time && (endedAt === null || time <= Date.parse(endedAt));
}

/** The round that was the latest at this time. */
export function roundAt(rounds: readonly TrailRound[], time: number): number {
  return Math.max(
    0,
    rounds.findLastIndex(({ from }) => from - toleranceMs <= time),
  );
}

/** The round of a turn, -1 when there is none. */
export function roundOfTurn(rounds: readonly TrailRound[], turnId: string | null): number {
  return turnId === null ? -1 : rounds.findIndex((round) => holds(round, turnId));
}

/** The round of the message with this `ts`, said by a person or posted by the bot; -1 when there is none. */
export function roundOfMessage(rounds: readonly TrailRound[], ts: string): number {
  return rounds.findIndex((round) => turnsOf(round).some((turn) => stampsOf(turn).includes(ts)));
}

/** The `ts` of the message that a turn is, or of the post that shows it; null when there is neither. */
export function tsOf(turn: TrailTurn): string | null {
  return stampsOf(turn)[0] ?? null;
}

/** The same; in Teams a post may be two messages, the text and the card below it. */
export function stampsOf({ messageId, postRef }: TrailTurn): readonly string[] {
  const parts = (messageId ?? postRef)?.split('/') ?? [];
  // `T1/C1/1767225600.000100` for a person's message, `C1/1767225600.000100/42` for a post of the bot's
  if (parts[0] !== 'teams') return parts.filter((part) => /^\d+\.\d+$/.test(part)).slice(0, 1);
  // `teams/<tenant>/<chat>/1767225600000` and `teams/<chat>/1767225600000+1767225600100/<turn>`
  const ids = parts[messageId === null ? 2 : 3]?.split('+') ?? [];
  return ids.filter((id) => /^\d+$/.test(id)).map(tsOfTeams);
}

function holds(round: TrailRound, turnId: string): boolean {
  return turnsOf(round).some(({ id }) => id === turnId);
}

function turnsOf({ said, decided, news }: TrailRound): readonly TrailTurn[] {
  return [...said, ...(decided === null ? [] : [decided]), ...news];
}

function isDecided(turn: TrailTurn): turn is DecidedTurn {
  return turn.author === 'bot' && turn.decision !== null;
}
